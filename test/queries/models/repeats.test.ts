import { beforeAll, expect, it } from 'vitest';
import { Wire } from '../../support/wire.js';

/** Of each scene by its name: when it was asked, what follows the answer, and of whom; answers take 0.1 s. */
const SCENES: Readonly<Record<string, readonly [second: number, answer?: string, server?: string][]>> = {
  'ttl.example': [[1, ' minttl=5'], [3, ' minttl=5'], [20, ' minttl=5']],
  'negative.example': [[1, ' NXDOMAIN'], [3]],
  'no-ttl.example': [[1, ' minttl=0'], [3]],
  'truncated.example': [[1, ' tc=1'], [3]],
  'elsewhere.example': [[1], [3, '', '10.96.0.11']],
  'at-once.example': [[1], [1.05]],
};

let found: Record<string, unknown>[];
beforeAll(async () => {
  let port = 4000;
  const lines = Object.entries(SCENES).flatMap(([name, asked]) =>
    asked.flatMap(([second, answer = '', server = '10.96.0.10']) => {
      const client = `10.0.0.1:${++port}`;
      return [
        `${second} ${client} > ${server}:53 ${port} A? ${name}`,
        `${second + 0.1} ${server}:53 > ${client} ${port} A ${name}${answer}`,
      ];
    }),
  );
  const wire = (await Wire.open()).messages(...lines).until(90);
  found = await wire.rows(
    `select t.qname, epoch_ms(t.asked_at) % 60000 / 1000 as second, r.negative
     from repeats as r inner join transactions as t on t.transaction_id = r.transaction_id order by t.asked_at`,
  );
});
const repeatsOf = (name: string) => found.filter(({ qname }) => qname === name);

it('what was asked again inside the TTL is a repeat, and not what was asked after it', () => {
  expect(repeatsOf('ttl.example')).toEqual([{ qname: 'ttl.example', second: 3, negative: false }]);
});

it('a repeat after an answer without a record is negative', () => {
  expect(repeatsOf('negative.example')).toMatchObject([{ second: 3, negative: true }]);
});

it.each(['no-ttl', 'truncated', 'elsewhere', 'at-once'])('what could not be used again is no repeat: %s', (scene) => {
  expect(repeatsOf(`${scene}.example`)).toEqual([]);
});

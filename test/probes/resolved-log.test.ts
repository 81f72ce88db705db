import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chooseReader } from '../../src/ingest/choose-reader.js';
import { KINDS } from '../../src/ingest/kinds.js';
import { resolvedLog } from '../../src/probes/resolved-log.js';
import { readBytes } from '../support/memory-sink.js';

/** Lines of a journal as `-o short-precise` prints it, a millisecond apart but where a text begins with `+SECONDS`. */
function journal(...texts: string[]): string {
  let at = 10;
  return texts
    .map((text) => {
      const [, wait, said] = /^(?:\+(\d+) )?(.*)$/.exec(text)!;
      at += Number(wait ?? 0.001);
      return `Mar 03 10:00:${at.toFixed(6)} node-1 systemd-resolved[812]: ${said}\n`;
    })
    .join('');
}

const ask = (id: number, server: string, name = 'db.example', type = 'A') => [
  `Looking up RR for ${name} IN ${type}.`,
  `Cache miss for ${name} IN ${type}`,
  `Firing regular transaction ${id} for <${name} IN ${type}> scope dns on eth0/* (validate=no).`,
  `Using feature level UDP+EDNS0 for transaction ${id}.`,
  `Using DNS server ${server} for transaction ${id}.`,
  `Sending query packet with id ${id} of size 39.`,
];
const done = (id: number, how: string, from: string, name = 'db.example') =>
  `Regular transaction ${id} for <${name} IN A> on scope dns on eth0/* now complete with <${how}> from ${from} (unsigned; non-confidential).`;

const read = async (text: string) => (await readBytes(resolvedLog, text)).rows['probes'] ?? [];

describe("systemd-resolved's debug log", () => {
  it('tells who answered what, after how long where the journal has fractions of seconds', async () => {
    const text = journal(
      ...ask(4660, '10.0.0.2'),
      '+2 Processing incoming packet on transaction 4660 (rcode=NXDOMAIN).',
      done(4660, 'rcode-failure', 'network'),
    );
    expect(chooseReader(KINDS, Buffer.from(text), 'x')?.kind).toBe('resolved-log');
    const [row, ...others] = await read(text);
    expect(others).toEqual([]);
    expect(row).toMatchObject({
      line: 6, tool: 'systemd-resolved', server: '10.0.0.2', qname: 'db.example', qtype: 'A', outcome: 'answered', rcode: 'NXDOMAIN',
    }); // prettier-ignore
    expect(row!['seconds']).toBeCloseTo(2, 5);
    const whole = await read(text.replace(/\.\d{6}/g, ''));
    expect(whole).toMatchObject([{ rcode: 'NXDOMAIN', seconds: null }]);
  });

  it('tells each server that gave no answer, and the one that did', async () => {
    const text = journal(
      ...ask(7, '10.0.0.2'),
      '+5 Timeout reached on transaction 7.',
      'Retrying transaction 7, after switching servers.',
      ...ask(7, 'fd00::53').slice(1),
      'Processing incoming packet on transaction 7. (rcode=SUCCESS)',
      done(7, 'success', 'network'),
    );
    expect(await read(text)).toMatchObject([
      { server: '10.0.0.2', outcome: 'timeout', tries: 1, rcode: null },
      { server: 'fd00::53', outcome: 'answered', tries: 0, rcode: 'NOERROR' },
    ]);
  });

  it('tells timeouts once, and follows a transaction that gets another number', async () => {
    const text = journal(
      ...ask(7, '10.0.0.2'),
      'Transaction 7 is now 8.',
      '+5 Timeout reached on transaction 8.',
      done(8, 'attempts-max-reached', 'none'),
      ...ask(9, '10.0.0.3'),
      done(9, 'ECONNREFUSED', 'none'),
    );
    expect(await read(text)).toMatchObject([
      { server: '10.0.0.2', outcome: 'timeout' },
      { server: '10.0.0.3', outcome: 'refused' },
    ]);
  });

  it('tells nothing of answers from the cache and of questions to neighbours', async () => {
    const text = journal(
      done(5, 'success', 'cache'),
      'Transaction 6 for <node-2 IN A> scope llmnr on eth0/INET.',
      'Sending query packet with id 6 on interface 2/AF_INET.',
      'Timeout reached on transaction 6.',
    );
    expect(await read(text)).toEqual([]);
    expect(resolvedLog.sniff(Buffer.from(text), 'x')).toBe(0);
  });

  it('counts lines of other programs, and fails on no text', async () => {
    const { problems } = await readBytes(
      resolvedLog,
      `${journal(...ask(1, '10.0.0.2'))}${'Mar 03 10:00:00 node-1 sshd[1]: x\n'.repeat(2)}`,
    );
    expect(problems).toMatchObject([{ code: 'unknown-line', position: 'line 7', count: 2 }]);
    const word = fc.constantFrom(
      ...ask(1, '10.0.0.2'),
      done(1, 'success', 'network'),
      'Timeout reached on transaction 1.',
      'x',
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(word, { maxLength: 8 }),
        fc.string({ maxLength: 20 }),
        async (texts, noise) => {
          await read(journal(...texts) + noise);
        },
      ),
      { numRuns: 50 },
    );
  });
});

import { describe, expect, it } from 'vitest';
import { Wire } from '../../support/wire.js';

/** A query through DNAT and its answer, each seen on both legs; `without` leaves one of the four sightings out. */
function exchange(seconds: number, port: number, without?: number): string[] {
  const time = (later: number) => (seconds + later).toFixed(4);
  const seen = [
    `${time(0)} 10.0.0.1:${port} > 10.96.0.10:53 7 A? a${port}.example ttl=64`,
    `${time(0.0001)} 10.0.0.1:${port} > 10.1.0.2:53 7 A? a${port}.example ttl=63`,
    `${time(0.001)} 10.1.0.2:53 > 10.0.0.1:${port} 7 A a${port}.example ttl=64`,
    `${time(0.0011)} 10.96.0.10:53 > 10.0.0.1:${port} 7 A a${port}.example ttl=63`,
  ];
  return without === undefined ? seen : seen.toSpliced(without, 1);
}

const BACKENDS_QUERY = 1;
const CLIENTS_ANSWER = 3;

/** Sixty exchanges, a second apart, of which some lack a sighting. */
function traffic(missing: Readonly<Record<number, number>>): string[] {
  return Array.from({ length: 60 }, (_, at) => exchange(at, 4000 + at, missing[at])).flat();
}

const HOLES = 'select missing, expected, round(missing_share, 3) as share from capture_holes';
const STATES = "select state, count(*)::integer as n from transactions where qname = 'a4030.example' group by 1";

describe('capture holes', () => {
  it('are the legs that single answered queries lack', async () => {
    const wire = (await Wire.open()).messages(
      ...traffic({ 10: BACKENDS_QUERY, 20: BACKENDS_QUERY, 40: BACKENDS_QUERY }),
    );
    expect(await wire.rows(HOLES)).toEqual([{ missing: 3, expected: 120, share: 0.025 }]);
  });

  it('are none where a leg begins later', async () => {
    const missing = Object.fromEntries(Array.from({ length: 20 }, (_, at) => [at, BACKENDS_QUERY]));
    const wire = (await Wire.open()).messages(...traffic(missing));
    expect(await wire.rows(HOLES)).toEqual([]);
  });

  it('are none where replies are lost', async () => {
    const wire = (await Wire.open()).messages(
      ...traffic({ 10: CLIENTS_ANSWER, 20: CLIENTS_ANSWER, 30: CLIENTS_ANSWER, 40: CLIENTS_ANSWER }),
    );
    expect(await wire.rows(HOLES)).toEqual([]);
    expect(await wire.rows(STATES)).toEqual([{ state: 'unanswered', n: 1 }]);
  });

  const asked = (at: number, type = 'A') => `${at} 10.0.0.1:${4000 + at} > 10.96.0.10:53 7 ${type}? a${at}.example`;
  const answered = (at: number, type = 'A') => `${at}.001 10.96.0.10:53 > 10.0.0.1:${4000 + at} 7 ${type} a${at}.example`;
  const seconds = Array.from({ length: 40 }, (_, at) => at);

  it('are answers whose query is not seen, where those of others are, though each is seen once', async () => {
    const wire = (await Wire.open()).messages(
      ...seconds.flatMap((at) => (at % 10 === 5 ? [answered(at)] : [asked(at), answered(at)])),
    );
    // that of the fifth second may have been asked before the capture began
    expect(await wire.rows(HOLES)).toEqual([{ missing: 3, expected: 39, share: 0.077 }]);
  });

  it('are answers early in a capture too, where a query of the same call is seen', async () => {
    const wire = (await Wire.open()).messages(
      ...seconds.slice(0, 9).flatMap((at) => [asked(at), answered(at), ...(at % 3 === 2 ? [answered(at, 'AAAA')] : [])]),
    );
    expect(await wire.rows(HOLES)).toEqual([{ missing: 3, expected: 12, share: 0.25 }]);
  });

  it('are none where a capture sees answers alone', async () => {
    const wire = (await Wire.open()).messages(...seconds.map((at) => answered(at)), asked(50), answered(50));
    expect(await wire.rows(HOLES)).toEqual([]);
  });

  it('are none where one more answer comes to a query that was sent twice and has both of its own', async () => {
    const sent = (at: number, later: number) => `${at + later} 10.0.0.1:${4000 + at} > 10.96.0.10:53 7 A? a${at}.example ttl=64`;
    const got = (at: number, later: number) =>
      `${at + later} 10.96.0.10:53 > 10.0.0.1:${4000 + at} 7 A a${at}.example ttl=63 ipid=${100 * at + 10 * later}`;
    const wire = (await Wire.open()).messages(
      ...seconds.flatMap((at) =>
        at % 4 === 0 ? [sent(at, 0.1), sent(at, 2.1), got(at, 2.2), got(at, 3.2), got(at, 4.2)] : [asked(at), answered(at)],
      ),
    );
    expect(await wire.rows(HOLES)).toEqual([]);
  });

  it('make a query that nobody sent again unknown, not unanswered', async () => {
    const wire = (await Wire.open()).messages(
      ...traffic({ 10: BACKENDS_QUERY, 20: BACKENDS_QUERY, 30: CLIENTS_ANSWER, 40: BACKENDS_QUERY }),
    );
    expect(await wire.rows(STATES)).toEqual([{ state: 'unknown', n: 1 }]);
  });

  it('leave a query that was sent again unanswered', async () => {
    const again = '35.001 10.0.0.1:4030 > 10.96.0.10:53 7 A? a4030.example ttl=64';
    const wire = (await Wire.open()).messages(
      ...traffic({ 10: BACKENDS_QUERY, 20: BACKENDS_QUERY, 30: CLIENTS_ANSWER, 40: BACKENDS_QUERY }),
      again,
      again.replace('35.001', '35.0011').replace('10.96.0.10', '10.1.0.2').replace('ttl=64', 'ttl=63'),
      '35.002 10.1.0.2:53 > 10.0.0.1:4030 7 A a4030.example ttl=64',
      '35.0021 10.96.0.10:53 > 10.0.0.1:4030 7 A a4030.example ttl=63',
    );
    expect(await wire.rows(`${STATES} order by 1`)).toEqual([
      { state: 'answered', n: 1 },
      { state: 'unanswered', n: 1 },
    ]);
  });
});

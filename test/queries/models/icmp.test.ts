import { describe, expect, it } from 'vitest';
import { Wire } from '../../support/wire.js';

const OTHER = [
  '0.000 10.0.0.9:999 > 10.96.0.10:53 9 A? other.example',
  '0.001 10.96.0.10:53 > 10.0.0.9:999 9 A other.example',
];
const ASKED = '1.0 10.0.0.1:4000 > 10.96.0.10:53 7 A? a.example';
const QUOTED = '10.0.0.1:4000 > 10.96.0.10:53';
const ICMP = "select icmp, icmp_from, query_reached_server as reached from transactions where client = '10.0.0.1' order by asked_at";

describe('ICMP errors', () => {
  it('belong to the query that they quote, by name, or by port and id where that is all there is', async () => {
    const wire = (await Wire.open())
      .messages(...OTHER, ASKED, '2.0 10.0.0.1:4001 > 10.96.0.10:53 8 A? b.example')
      .icmp(
        `1.001 10.0.0.254 > 10.0.0.1 3/13 of ${QUOTED} 7 A a.example`,
        '2.001 10.0.0.254 > 10.0.0.1 3/1 of 10.0.0.1:4001 > 10.96.0.10:53',
      )
      .until(30);
    expect(await wire.rows(ICMP)).toEqual([
      { icmp: 'administratively prohibited', icmp_from: '10.0.0.254', reached: false },
      { icmp: 'host unreachable', icmp_from: '10.0.0.254', reached: false },
    ]);
  });

  it('belong to the nearest of several sendings, and to none of half a minute before', async () => {
    const wire = (await Wire.open())
      .messages(...OTHER, ASKED, ASKED.replace('1.0', '6.0'))
      .icmp(
        `6.001 10.0.0.254 > 10.0.0.1 3/3 of ${QUOTED} 7 A a.example`,
        '50.0 10.0.0.254 > 10.0.0.1 3/3 of 10.0.0.1:4000 > 10.96.0.10:53',
      )
      .until(60);
    expect((await wire.rows(ICMP)).map(({ icmp }) => icmp)).toEqual([null, 'port unreachable']);
    expect(await wire.rows('select count(*)::int as n, count(transaction_id)::int as placed from icmp_errors')).toEqual([
      { n: 2, placed: 1 },
    ]);
  });

  it.each([
    ['at once where a port is unreachable', '3/3', 0.002],
    ['not where a packet was too big', '3/4', 5],
  ])('end the wait for an answer %s', async (_, kind, seconds) => {
    const wire = (await Wire.open())
      .messages(...OTHER, ASKED)
      .icmp(`1.002 10.96.0.10 > 10.0.0.1 ${kind} of ${QUOTED} 7 A a.example`)
      .until(30);
    expect(
      await wire.rows("select round(waited_seconds, 3) as seconds from questions where client = '10.0.0.1'"),
    ).toEqual([{ seconds }]);
  });
});

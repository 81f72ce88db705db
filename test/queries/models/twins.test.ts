import { describe, expect, it } from 'vitest';
import { Wire } from '../../support/wire.js';

const OTHER = [
  '0.000 10.0.0.9:999 > 10.96.0.10:53 9 A? other.example',
  '0.001 10.96.0.10:53 > 10.0.0.9:999 9 A other.example',
];

/** A pair from one socket, of which the A is answered so far. */
const HALF_ANSWERED = [
  '1.000 10.0.0.1:4000 > 10.96.0.10:53 7 A? a.example',
  '1.001 10.0.0.1:4000 > 10.96.0.10:53 8 AAAA? a.example',
  '1.002 10.96.0.10:53 > 10.0.0.1:4000 7 A a.example',
];

describe('twins', () => {
  const TWINS = 'select one_socket, lost, round(retried_after_seconds, 2) as retried from twins';

  it('pair the halves of one socket, and say which half was lost and when it was retried', async () => {
    const wire = (await Wire.open())
      .messages(
        '1.0000 10.0.0.1:4000 > 10.96.0.10:53 7 A? a.example',
        '1.0001 10.0.0.1:4000 > 10.96.0.10:53 8 AAAA? a.example',
        '1.0010 10.96.0.10:53 > 10.0.0.1:4000 7 A a.example',
        '6.0001 10.0.0.1:4000 > 10.96.0.10:53 8 AAAA? a.example',
        '6.0010 10.96.0.10:53 > 10.0.0.1:4000 8 AAAA a.example answers=0',
      )
      .until(60);
    expect(await wire.rows(TWINS)).toEqual([{ one_socket: true, lost: 'AAAA', retried: 5 }]);
  });

  it('tell a half that was lost alone from one beside a half whose answer nothing could show', async () => {
    const wire = (await Wire.open())
      .messages(
        ...OTHER,
        ...HALF_ANSWERED,
        '50.0 10.0.0.1:4001 > 10.96.0.10:53 7 A? b.example',
        '55.05 10.0.0.1:4001 > 10.96.0.10:53 8 AAAA? b.example',
      )
      .until(55.1);
    expect(await wire.rows('select qname, lost, judged, lost_half from twins order by qname')).toEqual([
      { qname: 'a.example', lost: 'AAAA', judged: true, lost_half: true },
      { qname: 'b.example', lost: 'A', judged: false, lost_half: false },
    ]);
  });

  it('pair halves of two sockets that were asked at once', async () => {
    const wire = (await Wire.open())
      .messages(
        '1.000 10.0.0.1:4000 > 10.96.0.10:53 7 A? a.example',
        '1.001 10.0.0.1:4001 > 10.96.0.10:53 8 AAAA? a.example',
        '1.002 10.96.0.10:53 > 10.0.0.1:4000 7 A a.example',
        '1.003 10.96.0.10:53 > 10.0.0.1:4001 8 AAAA a.example answers=0',
      )
      .until(60);
    expect(await wire.rows(TWINS)).toEqual([{ one_socket: false, lost: null, retried: null }]);
  });

  it('pair halves of two sockets that a busy node sent a while apart', async () => {
    const wire = (await Wire.open())
      .messages(
        '1.000 10.0.0.1:4000 > 10.96.0.10:53 7 A? a.example',
        '1.002 10.96.0.10:53 > 10.0.0.1:4000 7 A a.example',
        '1.150 10.0.0.1:4001 > 10.96.0.10:53 8 AAAA? a.example',
        '1.152 10.96.0.10:53 > 10.0.0.1:4001 8 AAAA a.example answers=0',
      )
      .until(60);
    expect(await wire.rows(TWINS)).toEqual([{ one_socket: false, lost: null, retried: null }]);
  });

  it('do not pair what a port that came round again asked after the other half had ended', async () => {
    const wire = (await Wire.open())
      .messages(
        '1.000 10.0.0.1:4000 > 10.96.0.10:53 7 A? a.example',
        '1.002 10.96.0.10:53 > 10.0.0.1:4000 7 A a.example',
        '4.000 10.0.0.1:4000 > 10.96.0.10:53 8 AAAA? a.example',
        '4.002 10.96.0.10:53 > 10.0.0.1:4000 8 AAAA a.example answers=0',
      )
      .until(60);
    expect(await wire.rows(TWINS)).toEqual([]);
  });

  it('do not pair questions of different names', async () => {
    const wire = (await Wire.open()).messages(
      '1.000 10.0.0.1:4000 > 10.96.0.10:53 7 A? a.example',
      '1.001 10.0.0.1:4000 > 10.96.0.10:53 8 AAAA? b.example',
    );
    expect(await wire.rows(TWINS)).toEqual([]);
  });
});

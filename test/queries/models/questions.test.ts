import { describe, expect, it } from 'vitest';
import { Wire } from '../../support/wire.js';

const OTHER = [
  '0.000 10.0.0.9:999 > 10.96.0.10:53 9 A? other.example',
  '0.001 10.96.0.10:53 > 10.0.0.9:999 9 A other.example',
];
const QUESTIONS =
  "select qtype, attempts, list_transform(gaps_seconds, g -> round(g, 2)) as gaps, outcome, round(waited_seconds, 2) as waited from questions where client = '10.0.0.1' order by asked_at, qtype";

describe('questions', () => {
  it('take a retry with the same port and id as an attempt of one question', async () => {
    const wire = (await Wire.open())
      .messages(
        ...OTHER,
        '1.0 10.0.0.1:4000 > 10.96.0.10:53 7 A? a.example',
        '6.0 10.0.0.1:4000 > 10.96.0.10:53 7 A? a.example',
        '6.1 10.96.0.10:53 > 10.0.0.1:4000 7 A a.example',
      )
      .until(60);
    expect(await wire.rows(QUESTIONS)).toEqual([
      { qtype: 'A', attempts: 2, gaps: [5], outcome: 'answered', waited: 5.1 },
    ]);
  });

  it('take a new id from a new port a whole number of seconds later as a retry, where nothing was answered', async () => {
    const wire = (await Wire.open())
      .messages(
        ...OTHER,
        '1.00 10.0.0.1:4000 > 10.96.0.10:53 7 A? a.example',
        '6.01 10.0.0.1:4001 > 10.96.0.10:53 8 A? a.example',
        '6.02 10.96.0.10:53 > 10.0.0.1:4001 8 A a.example',
      )
      .until(60);
    expect(await wire.rows(QUESTIONS)).toMatchObject([{ attempts: 2, gaps: [5.01], outcome: 'answered' }]);
  });

  it('take a new id at another moment as a new question', async () => {
    const wire = (await Wire.open())
      .messages(
        ...OTHER,
        '1.0 10.0.0.1:4000 > 10.96.0.10:53 7 A? a.example',
        '3.4 10.0.0.1:4001 > 10.96.0.10:53 8 A? a.example',
        '3.5 10.96.0.10:53 > 10.0.0.1:4001 8 A a.example',
      )
      .until(60);
    expect(await wire.rows(QUESTIONS)).toMatchObject([
      { attempts: 1, outcome: 'unanswered' },
      { attempts: 1, outcome: 'answered' },
    ]);
  });

  it('go on over a new port at once after REFUSED', async () => {
    const wire = (await Wire.open())
      .messages(
        '1.000 10.0.0.1:4000 > 10.96.0.10:53 7 A? a.example',
        '1.001 10.96.0.10:53 > 10.0.0.1:4000 7 A a.example REFUSED',
        '1.002 10.0.0.1:4001 > 10.96.0.10:53 7 A? a.example',
        '1.003 10.96.0.10:53 > 10.0.0.1:4001 7 A a.example',
      )
      .until(60);
    expect(await wire.rows(QUESTIONS)).toMatchObject([{ attempts: 2, outcome: 'answered' }]);
  });

  it('end with the error of their last attempt, not with a second answer to the one before', async () => {
    const wire = (await Wire.open())
      .messages(
        '1.000000 10.0.0.1:4000 > 10.96.0.10:53 7 A? a.example ipid=1',
        '1.001000 10.96.0.10:53 > 10.0.0.1:4000 7 A a.example REFUSED ipid=11',
        '1.001980 10.96.0.10:53 > 10.0.0.1:4000 7 A a.example REFUSED ipid=12',
        '1.002000 10.0.0.1:4000 > 10.96.0.10:53 7 A? a.example ipid=2',
        '1.003000 10.96.0.10:53 > 10.0.0.1:4000 7 A a.example REFUSED ipid=13',
      )
      .until(60);
    expect(await wire.rows(QUESTIONS)).toMatchObject([{ attempts: 2, outcome: 'failed', waited: 0 }]);
  });

  it('end with the whole answer that TCP brought, not with the truncated one', async () => {
    const wire = (await Wire.open())
      .messages(
        '1.000 10.0.0.1:4000 > 10.96.0.10:53 7 A? a.example',
        '1.001 10.96.0.10:53 > 10.0.0.1:4000 7 A a.example tc=1',
        '1.002 10.0.0.1:4001 > 10.96.0.10:53 7 A? a.example tcp=1',
        '1.502 10.96.0.10:53 > 10.0.0.1:4001 7 A a.example tcp=1',
      )
      .until(60);
    expect(await wire.rows(QUESTIONS)).toMatchObject([{ attempts: 2, outcome: 'answered', waited: 0.5 }]);
  });

  it('are negative where the name has no such record', async () => {
    const wire = (await Wire.open())
      .messages(
        '1.000 10.0.0.1:4000 > 10.96.0.10:53 7 A? a.example',
        '1.001 10.96.0.10:53 > 10.0.0.1:4000 7 A a.example NXDOMAIN',
      )
      .until(60);
    expect(await wire.rows(QUESTIONS)).toMatchObject([{ outcome: 'negative' }]);
  });
});

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
        '1.000 10.0.0.1:4000 > 10.96.0.10:53 7 A? a.example',
        '1.001 10.0.0.1:4000 > 10.96.0.10:53 8 AAAA? a.example',
        '1.002 10.96.0.10:53 > 10.0.0.1:4000 7 A a.example',
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

import { describe, expect, it } from 'vitest';
import { Wire } from '../../support/wire.js';

const OTHER = [
  '0.000 10.0.0.9:999 > 10.96.0.10:53 9 A? other.example',
  '0.001 10.96.0.10:53 > 10.0.0.9:999 9 A other.example',
];
const QUESTIONS =
  "select qtype, attempts, list_transform(gaps_seconds, g -> round(g, 2)) as gaps, outcome, round(waited_seconds, 2) as waited from questions where client = '10.0.0.1' order by asked_at, qtype";

/** A pair from one socket, of which the A is answered so far. */
const HALF_ANSWERED = [
  '1.000 10.0.0.1:4000 > 10.96.0.10:53 7 A? a.example',
  '1.001 10.0.0.1:4000 > 10.96.0.10:53 8 AAAA? a.example',
  '1.002 10.96.0.10:53 > 10.0.0.1:4000 7 A a.example',
];

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

  it('take an id that comes round again a whole second after an answered pair as a new question', async () => {
    const wire = (await Wire.open())
      .messages(
        ...OTHER,
        ...HALF_ANSWERED,
        '1.003 10.96.0.10:53 > 10.0.0.1:4000 8 AAAA a.example',
        '2.010 10.0.0.1:4001 > 10.96.0.10:53 7 A? a.example',
        '2.011 10.0.0.1:4001 > 10.96.0.10:53 9 AAAA? a.example',
        '2.012 10.96.0.10:53 > 10.0.0.1:4001 7 A a.example',
        '2.013 10.96.0.10:53 > 10.0.0.1:4001 9 AAAA a.example',
      )
      .until(60);
    expect(await wire.rows(QUESTIONS)).toMatchObject([{ attempts: 1 }, { attempts: 1 }, { attempts: 1 }, { attempts: 1 }]);
  });

  it('take an id again from a new port as a retry of an answered half beside one that was lost', async () => {
    const wire = (await Wire.open())
      .messages(
        ...OTHER,
        ...HALF_ANSWERED,
        '6.002 10.0.0.1:4001 > 10.96.0.10:53 7 A? a.example',
        '6.003 10.96.0.10:53 > 10.0.0.1:4001 7 A a.example',
        '6.004 10.0.0.1:4001 > 10.96.0.10:53 8 AAAA? a.example',
        '6.005 10.96.0.10:53 > 10.0.0.1:4001 8 AAAA a.example',
      )
      .until(60);
    expect(await wire.rows(QUESTIONS)).toMatchObject([
      { qtype: 'A', attempts: 2 },
      { qtype: 'AAAA', attempts: 2 },
    ]);
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

  it('are one attempt at several servers that are asked at once, answered by the first of them', async () => {
    const wire = (await Wire.open())
      .messages(
        '1.0000 10.0.0.1:4000 > 10.96.0.10:53 7 A? a.example ipid=1',
        '1.0001 10.0.0.1:4000 > 10.1.0.2:53 7 A? a.example ipid=51',
        '1.0002 10.0.0.1:4000 > 10.1.0.3:53 7 A? a.example ipid=91',
        '1.0010 10.1.0.2:53 > 10.0.0.1:4000 7 A a.example ipid=300',
        '1.0020 10.96.0.10:53 > 10.0.0.1:4000 7 A a.example ipid=400',
      )
      .until(60);
    expect(await wire.rows(`select * from (${QUESTIONS})`)).toEqual([
      { qtype: 'A', attempts: 1, gaps: [], outcome: 'answered', waited: 0 },
    ]);
    expect(await wire.rows('select server, state from transactions order by server')).toEqual([
      { server: '10.1.0.2', state: 'answered' },
      { server: '10.1.0.3', state: 'unanswered' },
      { server: '10.96.0.10', state: 'answered' },
    ]);
    expect(await wire.rows('select count(*)::int as n from work.losses')).toEqual([{ n: 0 }]);
    expect(await wire.rows('select count(*)::int as n from retries')).toEqual([{ n: 0 }]);
  });

  it('go on at the next server of the list, with the same id from a new port', async () => {
    const wire = (await Wire.open())
      .messages(
        ...OTHER,
        '1.00 10.0.0.1:4000 > 10.1.0.9:53 7 A? a.example',
        '6.13 10.0.0.1:4001 > 10.96.0.10:53 7 A? a.example',
        '6.14 10.96.0.10:53 > 10.0.0.1:4001 7 A a.example',
      )
      .until(60);
    expect(await wire.rows(QUESTIONS)).toMatchObject([{ attempts: 2, gaps: [5.13], outcome: 'answered', waited: 5.14 }]);
  });

  it('wait for the last server of a list as long as glibc does', async () => {
    const config = { source_id: 9, line: 1, owner: 'app', origin: 'resolv.conf', search: '["svc.cluster.local"]', options: '[]' };
    const wire = (await Wire.open())
      .insert('resolver_configs', { ...config, nameservers: '["10.1.0.7","10.1.0.8","10.1.0.9"]', attempts: 1 })
      .messages(
        '0.000 10.0.0.1:999 > 10.1.0.7:53 9 A? other.example',
        '0.001 10.1.0.7:53 > 10.0.0.1:999 9 A other.example',
        '1 10.0.0.1:4000 > 10.1.0.7:53 7 A? a.example',
        '6 10.0.0.1:4001 > 10.1.0.8:53 7 A? a.example',
        '9 10.0.0.1:4002 > 10.1.0.9:53 7 A? a.example',
      )
      .until(60);
    expect(await wire.rows(`select * from (${QUESTIONS}) where attempts > 1`)).toMatchObject([
      { attempts: 3, gaps: [5, 3], outcome: 'unanswered', waited: 14 },
    ]);
  });

  it('end at once where every attempt was refused by the server\'s host, with one id (glibc) or another (Go)', async () => {
    const wire = (await Wire.open())
      .messages(
        ...OTHER,
        '1.0000 10.0.0.1:4000 > 10.96.0.10:53 7 A? a.example',
        '1.0002 10.0.0.1:4001 > 10.96.0.10:53 7 A? a.example ipid=5',
        '2.0000 10.0.0.1:4002 > 10.96.0.10:53 8 A? b.example',
        '2.0002 10.0.0.1:4003 > 10.96.0.10:53 9 A? b.example',
      )
      .until(60);
    expect(await wire.rows(QUESTIONS)).toMatchObject([
      { attempts: 2, outcome: 'unanswered', waited: 0 },
      { attempts: 2, outcome: 'unanswered', waited: 0 },
    ]);
  });

  it('of two lookups at once are two where each is asked again after its timer', async () => {
    const wire = (await Wire.open())
      .messages(
        ...OTHER,
        '1.0000 10.0.0.1:4000 > 10.96.0.10:53 7 A? a.example',
        '1.0100 10.0.0.1:4001 > 10.96.0.10:53 8 A? a.example',
        '6.0010 10.0.0.1:4002 > 10.96.0.10:53 9 A? a.example',
        '6.0020 10.96.0.10:53 > 10.0.0.1:4002 9 A a.example',
        '6.0110 10.0.0.1:4003 > 10.96.0.10:53 10 A? a.example',
        '6.0120 10.96.0.10:53 > 10.0.0.1:4003 10 A a.example',
      )
      .until(60);
    expect(await wire.rows(QUESTIONS)).toMatchObject([
      { attempts: 2, gaps: [5], outcome: 'answered', waited: 5 },
      { attempts: 2, gaps: [5], outcome: 'answered', waited: 5 },
    ]);
  });

  it('are not answered by what was sent before their last attempt, which the client did not take', async () => {
    const wire = (await Wire.open())
      .messages(
        '1.000 10.0.0.1:4000 > 10.96.0.10:53 7 A? a.example',
        '1.001 10.96.0.10:53 > 10.0.0.1:4000 7 A a.example',
        '6.005 10.0.0.1:4000 > 10.96.0.10:53 7 A? a.example',
        '6.006 10.96.0.10:53 > 10.0.0.1:4000 7 A a.example',
      )
      .until(60);
    expect(await wire.rows(QUESTIONS)).toMatchObject([{ attempts: 2, outcome: 'answered', waited: 5.01 }]);
  });

  it('end with the error that came first, not with the answer that came to a closed socket', async () => {
    const wire = (await Wire.open())
      .messages(
        ...OTHER,
        '1.000 10.0.0.1:4000 > 10.96.0.10:53 7 A? a.example ipid=1',
        '6.000 10.0.0.1:4000 > 10.96.0.10:53 7 A? a.example ipid=2',
        '7.000 10.96.0.10:53 > 10.0.0.1:4000 7 A a.example SERVFAIL ipid=11',
        '7.600 10.96.0.10:53 > 10.0.0.1:4000 7 A a.example ipid=12',
      )
      .until(60);
    expect(await wire.rows(QUESTIONS)).toMatchObject([{ attempts: 2, outcome: 'failed', waited: 6 }]);
  });

  it.each([
    ['the first attempt', ['5.5 10.0.0.1:4000 > 10.96.0.10:53 7 A? a.example'], 0.5, 'unknown'],
    ['a retry', ['1 10.0.0.1:4000 > 10.96.0.10:53 7 A? a.example', '5.995 10.0.0.1:4000 > 10.96.0.10:53 7 A? a.example'], 5, 'unknown'],
    ['a timer', ['3 10.0.0.1:4000 > 10.96.0.10:53 7 A? a.example'], 3, 'unanswered'],
  ])('are open where the capture ends after %s, and have waited no longer than was watched', async (_, lines, waited, outcome) => {
    const wire = (await Wire.open()).messages(...OTHER, ...lines).until(6);
    expect(await wire.rows("select still_open, outcome, waited_seconds as waited from questions where client = '10.0.0.1'")).toEqual([
      { still_open: true, outcome, waited },
    ]);
  });

  it('are not open where the capture shows no answers at all', async () => {
    const wire = (await Wire.open()).messages('1 10.0.0.1:4000 > 10.96.0.10:53 7 A? a.example').until(6);
    expect(await wire.rows('select still_open, outcome, waited_seconds as waited from questions')).toEqual([
      { still_open: false, outcome: 'unknown', waited: null },
    ]);
  });
});

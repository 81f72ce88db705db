import { describe, expect, it } from 'vitest';
import { Wire } from '../../support/wire.js';

const STATES = 'select asked_at, state, copies from transactions order by asked_at';
const states = async (wire: Wire) => (await wire.rows(STATES)).map((row) => row['state']);

/** Another client's exchange, by which the capture shows that it sees answers. */
const OTHER = [
  '0.000 10.0.0.9:999 > 10.96.0.10:53 9 A? other.example',
  '0.001 10.96.0.10:53 > 10.0.0.9:999 9 A other.example',
];

describe('transactions', () => {
  it('fold the copies of a packet to one, with the backend that DNAT chose', async () => {
    const wire = (await Wire.open()).messages(
      '1.0000 10.0.0.1:4000 > 10.96.0.10:53 7 A? a.example ipid=5 ttl=64 interface=veth1',
      '1.0001 10.0.0.1:4000 > 10.1.0.2:53 7 A? a.example ipid=5 ttl=63 interface=eth0',
      '1.0020 10.1.0.2:53 > 10.0.0.1:4000 7 A a.example ttl=64 interface=eth0',
      '1.0021 10.96.0.10:53 > 10.0.0.1:4000 7 A a.example ttl=63 interface=veth1',
    );
    expect(
      await wire.rows(
        'select server, backend, state, rcode, copies, answer_copies, round(response_seconds, 6) as seconds from transactions',
      ),
    ).toEqual([
      {
        server: '10.96.0.10',
        backend: '10.1.0.2',
        state: 'answered',
        rcode: 'NOERROR',
        copies: 2,
        answer_copies: 2,
        seconds: 0.0021,
      },
    ]);
  });

  it('are answered where a capture began behind the translation and has the answer translated back', async () => {
    const exchange = (time: number, port: number, from = 0) =>
      [
        `${time}.0000 10.0.0.1:${port} > 10.96.0.10:53 7 A? a.example ipid=${port} ttl=64 interface=veth1`,
        `${time}.0001 10.0.0.1:${port} > 10.1.0.2:53 7 A? a.example ipid=${port} ttl=63 interface=eth0`,
        `${time}.0020 10.1.0.2:53 > 10.0.0.1:${port} 7 A a.example ttl=64 interface=eth0`,
        `${time}.0021 10.96.0.10:53 > 10.0.0.1:${port} 7 A a.example ttl=63 interface=veth1`,
      ].slice(from);
    const lost = exchange(3, 4003).slice(0, 3);
    const wire = (await Wire.open()).messages(...exchange(1, 4001, 1), ...exchange(2, 4002), ...lost).until(60);
    expect(await states(wire)).toEqual(['answered', 'answered', 'unanswered']);
  });

  it('fold the leg after SNAT, whose client is the node, and match its log line', async () => {
    const wire = (await Wire.open())
      .messages(
        '1.0000 10.0.0.1:4000 > 10.96.0.10:53 7 A? a.example ipid=5 ttl=64 interface=veth1',
        '1.0001 192.168.0.5:61000 > 10.1.0.2:53 7 A? a.example ipid=5 ttl=63 interface=eth0',
        '1.0020 10.1.0.2:53 > 192.168.0.5:61000 7 A a.example ttl=64 interface=eth0',
        '1.0021 10.96.0.10:53 > 10.0.0.1:4000 7 A a.example ttl=63 interface=veth1',
      )
      .log(2, '1.0019 192.168.0.5:61000 7 A a.example NOERROR 0.001');
    expect(await wire.rows('select client, server, backend, state, copies, answer_copies from transactions')).toEqual([
      { client: '10.0.0.1', server: '10.96.0.10', backend: '10.1.0.2', state: 'answered', copies: 2, answer_copies: 2 },
    ]);
    expect(await wire.rows('select translated from log_matches')).toEqual([{ translated: true }]);
  });

  it('are unanswered where the answer of a server without DNAT was seen on its side only', async () => {
    const exchange = (time: number, port: number, delivered: boolean) => [
      `${time}.0000 10.1.0.2:${port} > 10.0.0.2:53 7 A? a.example ipid=${port} ttl=64 interface=veth1`,
      `${time}.0001 10.1.0.2:${port} > 10.0.0.2:53 7 A? a.example ipid=${port} ttl=63 interface=eth0`,
      `${time}.0020 10.0.0.2:53 > 10.1.0.2:${port} 7 A a.example ttl=64 interface=eth0`,
      ...(delivered ? [`${time}.0021 10.0.0.2:53 > 10.1.0.2:${port} 7 A a.example ttl=63 interface=veth1`] : []),
    ];
    const wire = (await Wire.open())
      .messages(...Array.from({ length: 12 }, (_, i) => exchange(i + 1, 4001 + i, true)).flat(), ...exchange(20, 4020, false))
      .until(60);
    expect(
      await wire.rows('select state, response_left_server as left_server, count(*)::int as n from transactions group by all order by n'),
    ).toEqual([
      { state: 'unanswered', left_server: true, n: 1 },
      { state: 'answered', left_server: true, n: 12 },
    ]);
  });

  it('fold copies of two captures whose clocks differ by a second, told by the IP id', async () => {
    const wire = (await Wire.open()).messages(
      '1.0 10.0.0.1:4000 > 10.96.0.10:53 7 A? a.example ipid=5 source=1',
      '2.0 10.0.0.1:4000 > 10.96.0.10:53 7 A? a.example ipid=5 source=2',
    );
    expect((await wire.rows(STATES)).map(({ copies }) => copies)).toEqual([2]);
  });

  it('keep a retry from the same socket apart', async () => {
    const wire = (await Wire.open())
      .messages(
        ...OTHER,
        '1.0 10.0.0.1:4000 > 10.96.0.10:53 7 A? a.example',
        '6.0 10.0.0.1:4000 > 10.96.0.10:53 7 A? a.example',
        '6.1 10.96.0.10:53 > 10.0.0.1:4000 7 A a.example',
      )
      .until(30);
    expect(await states(wire)).toEqual(['answered', 'unanswered', 'answered']);
  });

  it('keep a retry within milliseconds apart where its IP id is another', async () => {
    const wire = (await Wire.open()).messages(
      '1.000 10.0.0.1:4000 > 10.96.0.10:53 7 A? a.example ipid=5',
      '1.005 10.0.0.1:4000 > 10.96.0.10:53 7 A? a.example ipid=6',
    );
    expect(await wire.rows(STATES)).toHaveLength(2);
  });

  it('give two answers that come after the retry to the two sendings', async () => {
    const wire = (await Wire.open())
      .messages(
        '1.0 10.0.0.1:4000 > 10.96.0.10:53 7 A? a.example ipid=1',
        '3.5 10.0.0.1:4000 > 10.96.0.10:53 7 A? a.example ipid=2',
        '3.6 10.96.0.10:53 > 10.0.0.1:4000 7 A a.example ipid=11',
        '3.9 10.96.0.10:53 > 10.0.0.1:4000 7 A a.example ipid=12',
      )
      .until(30);
    expect(
      await wire.rows('select state, round(response_seconds, 3) as seconds from transactions order by asked_at'),
    ).toEqual([
      { state: 'answered', seconds: 2.6 },
      { state: 'answered', seconds: 0.4 },
    ]);
  });

  it('are unknown where a capture never shows an answer', async () => {
    const wire = (await Wire.open())
      .messages(
        '1.0 10.0.0.1:4000 > 10.96.0.10:53 7 A? a.example',
        '6.0 10.0.0.1:4000 > 10.96.0.10:53 7 A? a.example',
      )
      .until(60);
    expect(await states(wire)).toEqual(['unknown', 'unknown']);
  });

  it('are lost where nobody waits any more as the capture ends, though an answer came later than that', async () => {
    const wire = (await Wire.open()).messages(
      '0.000 10.0.0.9:999 > 10.96.0.10:53 9 A? other.example',
      '40.000 10.96.0.10:53 > 10.0.0.9:999 9 A other.example',
      '50.000 10.0.0.1:4000 > 10.96.0.10:53 7 A? early.example',
      '55.000 10.0.0.1:4001 > 10.96.0.10:53 8 A? late.example',
      '61.000 10.0.0.9:998 > 10.96.0.10:53 6 A? other.example',
      '61.001 10.96.0.10:53 > 10.0.0.9:998 6 A other.example',
    );
    expect(await states(wire)).toEqual(['answered', 'unanswered', 'unknown', 'answered']);
  });

  it('are unknown near the end of the capture', async () => {
    const wire = (await Wire.open())
      .messages(...OTHER, '9.5 10.0.0.1:4000 > 10.96.0.10:53 7 A? a.example')
      .until(10);
    expect(await states(wire)).toEqual(['answered', 'unknown']);
  });

  it.each([
    ['unknown', 'a capture was taken an hour later', ['3600.0 10.0.0.9:998 > 10.96.0.10:53 9 A? other.example source=2']],
    [
      'unknown',
      'a capture of elsewhere goes on',
      [
        '0.5 10.0.0.8:998 > 10.96.0.10:53 9 A? other.example source=2',
        '60.0 10.0.0.8:997 > 10.96.0.10:53 9 A? other.example source=2',
      ],
    ],
    [
      'unanswered',
      'the capture goes on in the next files',
      [
        '10.1 10.0.0.9:998 > 10.96.0.10:53 9 A? other.example source=2',
        '11.0 10.0.0.9:997 > 10.96.0.10:53 9 A? other.example source=2',
        '11.2 10.0.0.9:996 > 10.96.0.10:53 9 A? other.example source=3',
        '60.0 10.0.0.9:995 > 10.96.0.10:53 9 A? other.example source=3',
      ],
    ],
    [
      'unanswered',
      'another capture that saw it goes on',
      [
        '9.5001 10.0.0.1:4000 > 10.96.0.10:53 7 A? a.example source=2 ttl=63',
        '60.0 10.0.0.9:998 > 10.96.0.10:53 9 A? other.example source=2',
      ],
    ],
  ])('are %s near the end of the capture where %s', async (state, _, others) => {
    const wire = (await Wire.open())
      .messages(...OTHER, '9.5 10.0.0.1:4000 > 10.96.0.10:53 7 A? a.example', ...others)
      .until(10);
    expect(await wire.rows("select state from transactions where qname = 'a.example'")).toEqual([{ state }]);
  });

  it('say that the answer was lost on the way back where only the backend sent it', async () => {
    const seen = (port: number, from: number) => [
      `${from} 10.0.0.1:${port} > 10.96.0.10:53 7 A? a.example ttl=64`,
      `${from + 0.01} 10.0.0.1:${port} > 10.1.0.2:53 7 A? a.example ttl=63`,
      `${from + 0.02} 10.1.0.2:53 > 10.0.0.1:${port} 7 A a.example ttl=64`,
      `${from + 0.03} 10.96.0.10:53 > 10.0.0.1:${port} 7 A a.example ttl=63`,
    ];
    const wire = (await Wire.open())
      .messages(...seen(4000, 1), ...seen(4001, 2), ...seen(4002, 3).slice(0, 3), ...seen(4003, 4).slice(0, 1))
      .until(60);
    expect(
      await wire.rows(
        'select state, query_reached_server as there, response_left_server as back from transactions order by asked_at offset 1',
      ),
    ).toEqual([
      { state: 'answered', there: true, back: true },
      { state: 'unanswered', there: true, back: true },
      { state: 'unanswered', there: false, back: false },
    ]);
  });
});

import { describe, expect, it } from 'vitest';
import { Wire } from '../../support/wire.js';

/** An exchange of two pods of one node over a bridge, which lowers no hop limit. */
const bridged = (port: number, time: number, delivered = true) => [
  `${time}.000010 10.1.0.7:${port} > 10.96.0.10:53 7 A? a.example ipid=${port} interface=veth7 direction=other`,
  `${time}.000020 10.1.0.7:${port} > 10.1.0.2:53 7 A? a.example ipid=${port} interface=veth2 direction=out`,
  `${time}.001010 10.1.0.2:53 > 10.1.0.7:${port} 7 A a.example interface=veth2 direction=other`,
  ...(delivered
    ? [`${time}.001020 10.96.0.10:53 > 10.1.0.7:${port} 7 A a.example interface=veth7 direction=out`]
    : []),
];
const many = (exchange: (port: number, time: number) => string[]) =>
  Array.from({ length: 12 }, (_, i) => exchange(4001 + i, i + 1)).flat();
const STATES = 'select state, response_left_server as left_server, count(*)::int as n from transactions group by all order by n';

describe('legs are ordered', () => {
  it('by the address, rewritten or not, where a bridge lowers no hop limit', async () => {
    const wire = (await Wire.open()).messages(...many(bridged)).until(60);
    expect(await wire.rows(STATES)).toEqual([{ state: 'answered', left_server: true, n: 12 }]);
  });

  it('so that an answer that a bridge did not deliver is told from those that it did', async () => {
    const wire = (await Wire.open()).messages(...many(bridged), ...bridged(4100, 20, false)).until(60);
    expect(await wire.rows(STATES)).toEqual([
      { state: 'unanswered', left_server: true, n: 1 },
      { state: 'answered', left_server: true, n: 12 },
    ]);
  });

  it('by the address also where one interface stamps its packets some microseconds late', async () => {
    const late = (port: number, time: number) => [
      `${time}.000030 10.1.0.7:${port} > 10.96.0.10:53 7 A? a.example ipid=${port} interface=veth7 direction=other`,
      ...bridged(port, time).slice(1),
    ];
    // most copies are in order, so that the service's address is known
    const wire = (await Wire.open()).messages(...many(bridged), ...late(4100, 20)).until(60);
    expect(await wire.rows("select distinct server, backend, state from transactions")).toEqual([
      { server: '10.96.0.10', backend: '10.1.0.2', state: 'answered' },
    ]);
  });

  it('by direction, never by clocks, where two captures saw a packet with one hop limit', async () => {
    // the server's node is read first, and its clock is ahead of the other by a second
    const crossed = (port: number, time: number) => [
      `${time + 1}.0000 10.1.0.7:${port} > 10.2.0.2:53 7 A? a.example ipid=${port} ttl=63 interface=eth0 direction=in source=1`,
      `${time}.0000 10.1.0.7:${port} > 10.2.0.2:53 7 A? a.example ipid=${port} ttl=63 interface=eth0 direction=out source=2`,
      `${time + 1}.0010 10.2.0.2:53 > 10.1.0.7:${port} 7 A a.example ttl=63 interface=eth0 direction=out source=1`,
      `${time}.0020 10.2.0.2:53 > 10.1.0.7:${port} 7 A a.example ttl=63 interface=eth0 direction=in source=2`,
    ];
    const wire = (await Wire.open()).messages(...many(crossed)).until(60).until(60, 2);
    expect(
      await wire.rows('select distinct source_id, round(response_seconds, 4) as seconds from transactions'),
    ).toEqual([{ source_id: 2, seconds: 0.002 }]);
  });
});

import { describe, expect, it } from 'vitest';
import { Wire } from '../../support/wire.js';

const OFF = 2;

/** A query and its answer, as the node's capture saw them and as the pod's did, whose clock is ahead. */
function exchange(seconds: number, port: number, answered = true): string[] {
  const time = (later: number) => (seconds + later).toFixed(4);
  const query = `10.0.0.1:${port} > 10.96.0.10:53 7 A? a.example`;
  const answer = `10.96.0.10:53 > 10.0.0.1:${port} 7 A a.example`;
  const way = [
    `${time(0.0001)} ${query} ttl=64 ipid=${port}`,
    `${time(OFF)} ${query} ttl=64 ipid=${port} source=2`,
    `${time(0.001)} ${answer} ttl=63 ipid=${port + 1}`,
    `${time(OFF + 0.0011)} ${answer} ttl=63 ipid=${port + 1} source=2`,
  ];
  return answered ? way : way.slice(0, 2);
}

const ports = [4000, 4010, 4020, 4030, 4040];

describe('captures of two clocks', () => {
  it('are compared by the packets that both saw, there and back', async () => {
    const wire = (await Wire.open()).messages(...ports.flatMap((port, at) => exchange(at, port)));
    expect(
      await wire.rows('select source_id, round(ahead_seconds, 3) as ahead, both_saw from capture_clocks order by 1'),
    ).toEqual([
      { source_id: 1, ahead: 0, both_saw: null },
      { source_id: 2, ahead: OFF, both_saw: 10 },
    ]);
  });

  it('give transactions that a single clock times', async () => {
    const wire = (await Wire.open()).messages(
      ...ports.flatMap((port, at) => exchange(at, port)),
      // lost, and asked again after a second that the clocks' difference hides
      ...exchange(10, 4050, false),
      ...exchange(11, 4060),
    );
    expect(
      await wire.rows('select distinct round(response_seconds, 3) as seconds from transactions where answered_at is not null'),
    ).toEqual([{ seconds: 0.001 }]);
    expect(await wire.rows('select count(*)::integer as n from transactions')).toEqual([{ n: 7 }]);
  });

  it('are left alone where too few packets tell', async () => {
    const wire = (await Wire.open()).messages(...exchange(0, 4000));
    expect(await wire.rows('select sum(ahead_seconds) as ahead from capture_clocks')).toEqual([{ ahead: 0 }]);
  });
});

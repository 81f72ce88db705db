import { describe, expect, it } from 'vitest';
import { inRotationOrder } from '../../src/input/rotation.js';

describe('inRotationOrder', () => {
  it.each([
    [
      'tcpdump -C',
      ['c.pcap1', 'c.pcap10', 'c.pcap2', 'c.pcap'],
      ['c.pcap', 'c.pcap1', 'c.pcap2', 'c.pcap10'],
    ],
    ['tcpdump -W', ['c.pcap10.gz', 'c.pcap00', 'c.pcap02'], ['c.pcap00', 'c.pcap02', 'c.pcap10.gz']],
    ['logrotate', ['log', 'log.1', 'log.2.gz', 'log.10.gz'], ['log.10.gz', 'log.2.gz', 'log.1', 'log']],
    [
      'kubelet',
      ['0.log', '0.log.20240102-030405.gz', '0.log.20240101-030405.gz'],
      ['0.log.20240101-030405.gz', '0.log.20240102-030405.gz', '0.log'],
    ],
  ])('puts the files of %s in time order', (_name, given, wanted) => {
    expect(inRotationOrder(given)).toEqual(wanted);
  });

  it('leaves files of different sets where they are', () => {
    expect(inRotationOrder(['z.log', 'b/c.pcap1', 'a.log', 'b/c.pcap0', 'a/c.pcap0'])).toEqual([
      'z.log',
      'b/c.pcap0',
      'b/c.pcap1',
      'a.log',
      'a/c.pcap0',
    ]);
  });
});

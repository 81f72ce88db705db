import { describe, expect, it } from 'vitest';
import { inRotationOrder, memberOf } from '../../src/base/rotation.js';

describe('inRotationOrder', () => {
  it.each([
    [
      'tcpdump -C',
      ['c.pcap1', 'c.pcap10', 'c.pcap2', 'c.pcap'],
      ['c.pcap', 'c.pcap1', 'c.pcap2', 'c.pcap10'],
    ],
    ['tcpdump -W', ['c.pcap10.gz', 'c.pcap00', 'c.pcap02'], ['c.pcap00', 'c.pcap02', 'c.pcap10.gz']],
    [
      'dumpcap',
      ['c_00010_20240102030505.pcapng', 'c_00009_20240102030405.pcapng.gz'],
      ['c_00009_20240102030405.pcapng.gz', 'c_00010_20240102030505.pcapng'],
    ],
    [
      'tcpdump -G',
      ['c-20240102-030505.pcap', 'c-20240102-030405.pcap'],
      ['c-20240102-030405.pcap', 'c-20240102-030505.pcap'],
    ],
    ['logrotate', ['log', 'log.1', 'log.2.gz', 'log.10.gz'], ['log.10.gz', 'log.2.gz', 'log.1', 'log']],
    [
      'kubelet',
      ['0.log', '0.log.20240102-030405.gz', '0.log.20240101-030405.gz'],
      ['0.log.20240101-030405.gz', '0.log.20240102-030405.gz', '0.log'],
    ],
  ])('puts the files of %s in time order', (_name, given, wanted) => {
    expect(inRotationOrder(given)).toEqual(wanted);
  });

  it.each([
    ['n/c.pcap12', 'n/c.pcap', 13],
    ['n/c.pcap', 'n/c.pcap', 0],
    ['n/c_00003_20240102030405.pcap.gz', 'n/c.pcap', 4],
    ['n/c_2024-01-02T03:04:05.pcap', 'n/c.pcap', -1],
    ['c.log.2.gz', './c.log', -3],
  ])('knows of %s its set and place', (path, set, place) => {
    expect(memberOf(path)).toMatchObject({ set, place });
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

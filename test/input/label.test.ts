import { describe, expect, it } from 'vitest';
import { labelFromPath } from '../../src/input/label.js';

describe('labelFromPath', () => {
  it.each([
    [
      '/var/log/pods/kube-system_coredns-5d78c9869d-x7k2p_0b8ba7b1-4a5e-4f0e-8f3a-1c2d3e4f5a6b/coredns/0.log',
      'coredns-5d78c9869d-x7k2p',
    ],
    [
      `/var/log/containers/node-local-dns-x7k2p_kube-system_node-cache-${'0a'.repeat(32)}.log`,
      'node-local-dns-x7k2p',
    ],
    ['ip-10-0-1-23.ap-northeast-2.compute.internal.pcap.gz', 'ip-10-0-1-23.ap-northeast-2.compute.internal'],
    ['captures/ip-10-0-1-23/capture.pcap', 'ip-10-0-1-23'],
    ['i-0123456789abcdef0.pcap1', 'i-0123456789abcdef0'],
    ['logs/coredns-5d78c9869d-x7k2p.log', 'coredns-5d78c9869d-x7k2p'],
    ['nodelocaldns-z9k4w.log.gz', 'nodelocaldns-z9k4w'],
    ['evidence.tgz/evidence/nodes/worker-3.example/conntrack.log', 'worker-3.example'],
  ])('finds the node or pod in %s', (path, label) => {
    expect(labelFromPath(path)).toBe(label);
  });

  it.each([
    'capture.pcap',
    'coredns-1.log',
    'conntrack-S.log',
    '-',
    '/home/me/2024-01-02/capture-72hrs.pcap',
    'race-loss-1/pod.pcap',
  ])('guesses nothing from %s', (path) => {
    expect(labelFromPath(path)).toBeNull();
  });
});

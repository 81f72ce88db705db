import { describe, expect, it } from 'vitest';
import { withCollect } from '../../src/causes/collect-line.js';
import { loadCauses } from '../../src/causes/load.js';

const RUN = 'dnslens collect --workload NAMESPACE/NAME --for 60s --report';

describe('what a cause asks to collect', () => {
  it('is one dnslens collect in the place of all that it does, which says what for, and what else there is', () => {
    const lines = [
      'tcpdump -i any -w NODE.pcap port 53 or icmp or icmp6   # on both nodes',
      'iptables -nvL FORWARD -x   # on the node',
      'kubectl describe cm coredns -n kube-system; kubectl exec POD -n kube-system -- cat /etc/resolv.conf',
      'tcpdump -i any -w node.pcap port 53',
      'kubectl get networkpolicies,pods -A -o json > objects.json',
    ];
    const kinds = 'captures, resolv.conf or Corefile, cluster objects';
    expect(withCollect(lines)).toEqual([`${RUN}   # ${kinds}`, lines[1]]);
  });

  it('inside a pod is a run of its own', () => {
    const inside = "tcpdump -i any -w pod.pcap 'port 53'   # inside the pod: kubectl debug";
    expect(withCollect([inside])).toEqual([
      'dnslens collect --pod NAMESPACE/POD --in-pod --for 60s --report   # captures',
    ]);
  });

  it.each([
    "tcpdump -i any -w n.pcap 'port 53 or (ip[6:2] & 0x1fff != 0)'   # fragments too",
    'kubectl top pods -n kube-system; kubectl get deploy coredns -n kube-system -o yaml',
    'conntrack -L -p udp --orig-port-dst 53',
    'kubectl logs -n shop web-1',
  ])('stays by hand where dnslens collect does not gather it: %s', (line) => {
    expect(withCollect([line])).toEqual([line]);
  });

  it('begins with dnslens collect for most known causes', () => {
    const without = loadCauses().filter(
      ({ collect }) => !withCollect(collect)[0]!.startsWith('dnslens collect'),
    );
    expect(without.map(({ id }) => id)).toEqual([]);
  });
});

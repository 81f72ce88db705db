import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dnsCapture } from '../ingest/evidence.js';
import { temporaryFolder } from '../support/cli.js';
import { kubeadm } from './cluster.js';

/** A kubectl that answers for the cluster of `kubeadm` and writes down what it was asked. */
const SCRIPT = `#!/usr/bin/env bash
here=$(dirname "$0")
asked="$*"
[[ "$asked" =~ dnslens-[0-9a-f]{8}-([0-9]) ]] && node=\${BASH_REMATCH[1]}
printf '%s\\n' "\${asked%%go-template=*}" >>"$here/calls"
[[ -n "\${FAKE_FORBIDS:-}" && "$asked" == *"$FAKE_FORBIDS"* ]] && { echo 'Error from server (Forbidden): not allowed' >&2; exit 1; }
[[ -n "\${FAKE_HANGS:-}" && "$asked" == *"$FAKE_HANGS"* ]] && { cat "$here/capture-$node"; echo >"$here/hangs-$node"; exec sleep 600; }
case "$asked" in
  'get services '* | 'get endpointslices '* | 'get nodes '* | 'get pods '*) cat "$here/$2.json" ;;
  'get configmap coredns '*) echo '{"kind":"ConfigMap","metadata":{"name":"coredns","namespace":"kube-system"},"data":{"Corefile":".:53 { forward . 1.1.1.1 }"}}' ;;
  'get --raw '*) echo 'coredns_build_info 1' ;;
  'get events '*) echo 'No resources found' >&2 ;;
  'create '*) cat >>"$here/made" ;;
  *' date -u +%s') date -u +%s ;;
  *tcpdump*) cat "$here/capture-$node"; echo '2 packets captured' >&2 ;;
  *conntrack*) echo 'net.netfilter.nf_conntrack_count = 7' ;;
  *softnet*) echo 00 ;;
  *resolv.conf) echo 'nameserver 10.96.0.10' ;;
  'logs '*) echo '[pod/coredns-a/coredns] 2026-03-04T05:06:07Z [INFO] plugin/reload: Running configuration SHA512 = 1' ;;
esac
`;

/** A folder with that kubectl, to be put first in PATH. */
export class FakeKubectl {
  readonly folder = temporaryFolder();

  constructor() {
    const { services, slices, nodes, pods } = kubeadm();
    const lists = { services, endpointslices: slices, nodes, pods };
    for (const [kind, items] of Object.entries(lists)) {
      const typed = items.map((item) => ({ kind: KINDS[kind], ...item }));
      writeFileSync(join(this.folder, `${kind}.json`), JSON.stringify({ kind: 'List', items: typed }));
    }
    for (const node of [1, 2, 3]) writeFileSync(join(this.folder, `capture-${node}`), dnsCapture(2, node));
    writeFileSync(join(this.folder, 'calls'), '');
    writeFileSync(join(this.folder, 'kubectl'), SCRIPT);
    chmodSync(join(this.folder, 'kubectl'), 0o755);
    mkdirSync(join(this.folder, 'out'));
  }

  get path(): string {
    return `${this.folder}:${process.env['PATH']}`;
  }

  /** The command lines so far, without templates. */
  calls(): string[] {
    return readFileSync(join(this.folder, 'calls'), 'utf8').trim().split('\n');
  }
}

const KINDS: Readonly<Record<string, string>> = {
  services: 'Service',
  endpointslices: 'EndpointSlice',
  nodes: 'Node',
  pods: 'Pod',
};

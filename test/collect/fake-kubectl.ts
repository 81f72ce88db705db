import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dnsCapture } from '../ingest/evidence.js';
import { temporaryFolder } from '../support/cli.js';
import { kubeadm } from './cluster.js';

/** A kubectl that answers for the cluster of `kubeadm` and writes down what it was asked. */
const SCRIPT = `#!/usr/bin/env bash
here=$(dirname "$0")
asked="$*"
node=6
[[ "$asked" =~ dnslens-[0-9a-f]{8}-(in)?([0-9]) ]] && node=$((BASH_REMATCH[2] + \${#BASH_REMATCH[1]} * 3 / 2))
printf '%s\\n' "\${asked%%go-template=*}" >>"$here/calls"
[[ -n "\${FAKE_FORBIDS:-}" && "$asked" == *"$FAKE_FORBIDS"* ]] && { echo 'Error from server (Forbidden): not allowed' >&2; exit 1; }
[[ -n "\${FAKE_HANGS:-}" && "$asked" == *"$FAKE_HANGS"* ]] && {
  cat "$here/capture-$node"; echo >"$here/hangs-$node"; cat >/dev/null; echo '2 packets captured' >&2; exit 0
}
[[ -n "\${FAKE_LOSES:-}" && "$asked" == *"$FAKE_LOSES"* ]] && {
  head -c 150 "$here/capture-$node"; echo 'error: unable to upgrade connection: pod does not exist' >&2; exit 1
}
[[ -n "\${FAKE_CUTS:-}" && "$asked" == 'logs '* ]] && { printf '%s' "$FAKE_CUTS"; echo 'error: unexpected EOF' >&2; exit 1; }
case "$asked" in
  'get services '* | 'get endpointslices '* | 'get nodes '* | 'get pods '*) cat "$here/$2.json" ;;
  'get configmap coredns '*) cat "$here/coredns.json" ;;
  'patch configmap '*) echo "\${@: -1}" >>"$here/patches" ;;
  'get --raw '*) echo 'coredns_build_info 1' ;;
  'get events '* | 'get networkpolicies '*) echo '{"kind":"List","items":[]}' ;;
  'create '*) cat >>"$here/made" ;;
  *'while read -r x'*) while read -r x; do date -u -d "\${FAKE_AHEAD:-0} seconds" +%s.%N; done ;;
  *ifindex*) printf '2 eth0\\n' ;;
  *tcpdump*) cat "$here/capture-$node"; printf '2 packets captured\\n%s packets dropped by kernel\\n' "\${FAKE_DROPS:-0}" >&2 ;;
  *conntrack*) echo 'net.netfilter.nf_conntrack_count = 7' ;;
  *softnet*) echo 00 ;;
  *resolv.conf) echo 'nameserver 10.96.0.10' ;;
  'logs '*) echo '[pod/coredns-a/coredns] 2026-03-04T05:06:07Z [INFO] Reloading complete'; echo '[pod/coredns-b/coredns] 2026-03-04T05:06:07Z [INFO] Reloading complete' ;;
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
    for (const node of [1, 2, 3, 4, 5, 6])
      writeFileSync(join(this.folder, `capture-${node}`), dnsCapture(2, node));
    writeFileSync(join(this.folder, 'calls'), '');
    this.corefile('.:53 {\n    log\n    forward . 1.1.1.1\n    reload\n}\n');
    writeFileSync(join(this.folder, 'kubectl'), SCRIPT);
    chmodSync(join(this.folder, 'kubectl'), 0o755);
    mkdirSync(join(this.folder, 'out'));
  }

  get path(): string {
    return `${this.folder}:${process.env['PATH']}`;
  }

  /** Gives the servers this configuration. */
  corefile(text: string): void {
    const config = {
      kind: 'ConfigMap',
      metadata: { name: 'coredns', namespace: 'kube-system' },
      data: { Corefile: text },
    };
    writeFileSync(join(this.folder, 'coredns.json'), JSON.stringify(config));
  }

  /** Adds an object to what it lists. */
  add(kind: 'pods', item: object): void {
    this.change(kind, (items) => [...items, { kind: KINDS[kind], ...item }]);
  }

  /** Says which machine each node is. */
  nodeOf(providerID: string): void {
    this.change('nodes', (items) => items.map((item) => ({ ...item, spec: { providerID } })));
  }

  private change(kind: string, by: (items: object[]) => object[]): void {
    const file = join(this.folder, `${kind}.json`);
    const list = JSON.parse(readFileSync(file, 'utf8')) as { items: object[] };
    writeFileSync(file, JSON.stringify({ ...list, items: by(list.items) }));
  }

  /** Puts another program beside it. */
  beside(name: string, script: string): void {
    writeFileSync(join(this.folder, name), script, { mode: 0o755 });
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

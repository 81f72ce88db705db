/** What a report calls each kind of evidence, by the column of diagnosis/overview that counts it. */
export const EVIDENCE_NAMES = {
  captures: 'captures',
  logs: 'server logs',
  counter_samples: 'conntrack counters',
  configurations: 'resolv.conf or Corefile',
  objects: 'cluster objects',
} as const;
type Kind = keyof typeof EVIDENCE_NAMES;

/** Commands whose evidence `dnslens collect` gathers as well, by what it is. */
const GATHERED: readonly (readonly [command: RegExp, kind: Kind])[] = [
  // not the filters that take more than DNS and ICMP
  [/^tcpdump -i any\b(?!.*ip\[)/, 'captures'],
  [/^kubectl logs -n kube-system\b/, 'logs'],
  [/^while sleep 1; do date; conntrack -S;/, 'counter_samples'],
  [
    /^kubectl describe cm coredns\b|^kubectl exec \S+(?: -n \S+)? -- cat \/etc\/resolv\.conf$/,
    'configurations',
  ],
  [/^kubectl get (?:pods|svc|endpoints|endpointslices|nodes|networkpolicies|events|cm)\b/, 'objects'],
];

/** What gathers most evidence at once. */
export const COLLECT = 'dnslens collect --workload NAMESPACE/NAME --for 60s';

const AT_ONCE = `${COLLECT} --report`;
const INSIDE = 'dnslens collect --pod NAMESPACE/POD --in-pod --for 60s --report';

/** A command as a cause names it: what is pasted, and where or what for. */
export function partsOf(line: string): { command: string; remark: string | null } {
  const [command = '', remark = null] = line.split(/(?<!\s)\s+# /, 2);
  return { command, remark };
}

/** A cause's commands with one `dnslens collect` in the place of all that it does; its remark says what for. */
export function withCollect(lines: readonly string[]): string[] {
  const asked = new Map<string, Set<Kind>>();
  const others = lines.filter((line) => {
    const { command, remark } = partsOf(line);
    const steps = command.split(/;\s+(?=kubectl )/);
    const kinds = steps.flatMap((step) => GATHERED.find(([form]) => form.test(step))?.[1] ?? []);
    if (kinds.length < steps.length) return true;
    const run = /inside the pod/.test(remark ?? '') ? INSIDE : AT_ONCE;
    asked.set(run, new Set([...(asked.get(run) ?? []), ...kinds]));
    return false;
  });
  const runs = [...asked].map(
    ([run, kinds]) =>
      `${run}   # ${named((Object.keys(EVIDENCE_NAMES) as Kind[]).filter((kind) => kinds.has(kind)))}`,
  );
  return [...runs, ...others];
}

/** Whether a command is `dnslens collect`, whose remark is what it is for. */
export function isCollect(command: string): boolean {
  return command === AT_ONCE || command === INSIDE;
}

/** The kinds of evidence that a remark of `withCollect` names. */
export function kindsIn(remark: string): Kind[] {
  const names = remark.split(', ');
  return (Object.keys(EVIDENCE_NAMES) as Kind[]).filter((kind) => names.includes(EVIDENCE_NAMES[kind]));
}

/** The remark that names kinds of evidence. */
export function named(kinds: readonly Kind[]): string {
  return kinds.map((kind) => EVIDENCE_NAMES[kind]).join(', ');
}

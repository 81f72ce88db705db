/** The pod or node that a resolv.conf was taken from. */
export interface Owner {
  readonly name: string;
  readonly namespace: string | null;
}

/** A Kubernetes name (RFC 1123 subdomain); it holds no `_`, so that `NS_POD` can be split. */
const NAME = /^[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?$/;

/**
 * Tells the owner from a path. The rule: `resolv.conf` names none, so its folder does (`app-a/etc/resolv.conf`
 * -> `app-a`); otherwise the file's name without `.conf`, `.txt` or `.resolv.conf` and a leading or trailing
 * `resolv`; `NS_POD` is a namespace and a pod. `/etc/resolv.conf` and `-` say nothing.
 */
export function ownerOfPath(path: string): Owner | null {
  const parts = path.split(/[/\\]/).filter((part) => part !== '' && part !== '.' && part !== '..');
  let base = (parts.pop() ?? '').replace(/\.(?:gz|zst|xz|lz4)$/, '').toLowerCase();
  if (base === 'resolv.conf' || base === 'resolv.txt') {
    while (['etc', 'rootfs', 'resolv'].includes(parts.at(-1)?.toLowerCase() ?? '')) parts.pop();
    base = parts.pop() ?? '';
  }
  const bare = base
    .replace(/^resolv(?:\.conf)?[-_.]/, '')
    .replace(/[-_.]?resolv(?:\.conf)?$|\.(?:conf|txt)$/g, '')
    .replace(/[-_.]resolv$/, '');
  return ownerOfWord(bare.replace('_', '/'));
}

/** Reads `POD`, `NS/POD`, `pod/POD` or `deploy/NAME`; null if it is none of these. */
export function ownerOfWord(word: string): Owner | null {
  const parts = word.split('/');
  const name = parts.pop()!;
  const before = parts.pop();
  if (parts.length > 0 || !NAME.test(name) || (before !== undefined && !NAME.test(before))) return null;
  const isKind = before !== undefined && /^(?:po|pods?|deploy(?:ments?)?|ds|sts|nodes?)$/.test(before);
  return { name, namespace: isKind ? null : (before ?? null) };
}

/** The pod in a `kubectl exec` command line (with or without a prompt before it), or null. */
export function ownerOfCommand(line: string): Owner | null {
  const command = /(?:^|[\s;|])(?:kubectl|k|oc|docker|podman|crictl|nerdctl)\s(?:.*?\s)?exec\s+(\S.*)$/.exec(
    line,
  );
  if (!command) return null;
  let namespace: string | null = /\s(?:-n|--namespace)[ =]([a-z0-9-]+)/.exec(line)?.[1] ?? null;
  const words = command[1]!.split(/\s+/);
  for (let i = 0; i < words.length; i++) {
    const word = words[i]!;
    if (/^(?:-n|--namespace|-c|--container|--context|-u|--user)$/.test(word)) i++;
    else if (!word.startsWith('-')) {
      const owner = ownerOfWord(word);
      namespace = owner?.namespace ?? namespace;
      return owner && { name: owner.name, namespace };
    }
  }
  return null;
}

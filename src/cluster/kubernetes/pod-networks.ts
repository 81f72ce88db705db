import { SUFFIX } from '../../input/label.js';

/** A pod as a table shows it: nothing in it says whether the pod shares its node's network. */
export interface ListedPod {
  readonly name: string;
  readonly node: string;
  readonly address: string;
}

const OF_REPLICA_SET = new RegExp(`-${SUFFIX}{6,10}-${SUFFIX}{5}$`);
const GENERATED = new RegExp(`^(.+)-${SUFFIX}{5}$`);
/** EC2 names an instance by its address. */
const EC2_NODE = /^ip-(\d{1,3})-(\d{1,3})-(\d{1,3})-(\d{1,3})(?:\.|$)/;

/** A generated name without its random end; null for a name that has none. */
export function generatedFrom(name: string): string | null {
  return GENERATED.exec(name)?.[1] ?? null;
}

/**
 * Whether each pod has its node's address (`host`), one of its own (`pod`), or cannot be told (null). Pods that live
 * at once share an address only on their node's network. Where a node's address is not known, what runs once on
 * each node (a DaemonSet's pod, a static pod) may have either.
 */
export class PodNetworks {
  private readonly ofNode = new Map<string, string>();
  private readonly firstWith = new Map<string, string>();

  node(name: string, address: string): void {
    this.ofNode.set(name, address);
  }

  pod({ name, node, address }: ListedPod): void {
    const first = this.firstWith.get(address);
    if (first === undefined) this.firstWith.set(address, name);
    else if (first !== name) this.ofNode.set(node, address);
  }

  of({ name, node, address }: ListedPod): 'host' | 'pod' | null {
    const own = this.ofNode.get(node) ?? EC2_NODE.exec(node)?.slice(1).join('.');
    if (own !== undefined) return own === address ? 'host' : 'pod';
    const isOncePerNode =
      name.endsWith(`-${node}`) || (generatedFrom(name) !== null && !OF_REPLICA_SET.test(name));
    return isOncePerNode ? null : 'pod';
  }
}

/** Kubernetes objects as the shapes leave them, as far as planning looks at them. */
interface Meta {
  name: string;
  namespace?: string;
  labels?: Record<string, string>;
  ownerReferences?: { kind?: string; name?: string; controller?: boolean }[];
}

export interface Pod {
  metadata: Meta;
  spec?: {
    nodeName?: string;
    hostNetwork?: boolean;
    containers?: { ports?: { name?: string; containerPort?: number }[] }[];
  };
  status?: { phase?: string; containerStatuses?: { restartCount?: number }[] };
}

export interface Service {
  metadata: Meta;
  spec?: {
    clusterIP?: string;
    selector?: Record<string, string>;
    ports?: { port?: number; protocol?: string }[];
  };
}

export interface EndpointSlice {
  metadata: Meta;
  ports?: { name?: string; port?: number }[];
  endpoints?: { targetRef?: { kind?: string; name?: string } }[];
}

export interface Node {
  metadata: Meta;
  spec?: { providerID?: string };
}

/** What the cluster holds. */
export interface Objects {
  pods: Pod[];
  services: Service[];
  slices: EndpointSlice[];
  nodes: Node[];
}

/** `NAMESPACE/NAME`. */
export function fullName({ metadata }: { metadata: Meta }): string {
  return `${metadata.namespace ?? 'default'}/${metadata.name}`;
}

/** A Kubernetes name (RFC 1123 subdomain): it leads into no other folder and is no option of kubectl. */
const NAME = /^[a-z0-9][a-z0-9.-]{0,252}$/;

/** Items that have names as Kubernetes gives them, of all places that become words of commands or names of files. */
export function wellNamed<T extends { metadata?: Partial<Meta>; spec?: unknown }>(items: readonly T[]): T[] {
  return items.filter(({ metadata, spec }) => {
    const { nodeName } = (spec ?? {}) as { nodeName?: unknown };
    return [metadata?.name, metadata?.namespace ?? 'default', nodeName ?? 'none'].every(
      (name) => typeof name === 'string' && NAME.test(name),
    );
  });
}

import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { explainSystem } from '../store/system-fault.js';
import { UserError } from '../store/user-error.js';
import { findDns } from './dns-service.js';
import { helperOn } from './helper-pod.js';
import type { Kubectl } from './kubectl.js';
import { type Manifest, writeManifest } from './manifest.js';
import { fullName, type Objects, wellNamed } from './objects.js';
import { LISTS, makePlan, type Plan } from './plan.js';
import { type OnStep, Runner, type RunSignals } from './runner.js';
import { chooseTargets, type Wanted } from './targets.js';

export interface CollectOptions {
  folder: string;
  wanted: Wanted;
  seconds: number;
  /** The image of the pods on nodes: it has tcpdump, conntrack and ethtool. */
  image: string;
  pullPolicy: string;
  /** Where pods on nodes are made; null for the DNS service's namespace. */
  namespace: string | null;
  version: string;
}

/** A collection that was planned and not yet run. */
export class Collection {
  private constructor(
    readonly plan: Plan,
    /** What was found and left out, in sentences. */
    readonly notes: readonly string[],
    private readonly runner: Runner,
    private readonly manifest: Manifest,
    private readonly folder: string,
    private readonly signals: RunSignals,
  ) {}

  /** Looks at the cluster and plans; the lists that it looks at are the first of the evidence. Throws UserError where the cluster cannot be seen. */
  static async plan(
    kubectl: Kubectl,
    options: CollectOptions,
    onStep: OnStep,
    signals: RunSignals,
  ): Promise<Collection> {
    const { folder, seconds, version } = options;
    const start = new Date();
    await mkdir(folder, { recursive: true, mode: 0o700 }).catch((error: unknown) => {
      throw explainSystem(folder, 'written', error);
    });
    const runner = new Runner(kubectl, folder, onStep, signals);
    await runner.several(LISTS);
    const objects = await readLists(folder, runner).catch(async (error: unknown) => {
      await rm(folder, { recursive: true, force: true });
      throw error;
    });
    const dns = findDns(objects);
    const targets = chooseTargets(options.wanted, objects, dns);
    const helping = {
      namespace: options.namespace ?? dns.namespace,
      image: options.image,
      pullPolicy: options.pullPolicy,
      seconds,
      run: randomBytes(4).toString('hex'),
    };
    const helpers = targets.nodes.map((node, i) => helperOn(node, i, helping));
    const plan = makePlan({ dns, targets, helpers, seconds, start });
    const service = dns.service ? fullName(dns.service) : null;
    const notes = [
      service === null
        ? 'no DNS service (kube-dns, coredns, dns-default) was found; its logs and metrics are left out'
        : `the DNS service is ${service}, served by ${dns.servers.map(({ metadata }) => metadata.name).join(', ') || 'no pod'}`,
      `nodes: ${targets.nodes.join(', ') || 'none'}`,
      ...targets.notes,
    ];
    const manifest: Manifest = {
      format: 'dnslens-collect/1',
      dnslens: version,
      started: start.toISOString(),
      ended: null,
      seconds,
      interrupted: false,
      service,
      servers: dns.servers.map(fullName),
      nodes: targets.nodes,
      clocks: runner.clocks,
      gathered: runner.gathered,
      missing: runner.missing,
    };
    return new Collection(plan, notes, runner, manifest, folder, signals);
  }

  /** Gathers, and writes what became of it into the folder. */
  async run(): Promise<Manifest> {
    const { finish, stop } = this.signals;
    try {
      await this.runner.run(this.plan);
    } finally {
      this.manifest.ended = new Date().toISOString();
      this.manifest.interrupted = finish.aborted || stop.aborted;
      await writeManifest(this.folder, this.manifest);
    }
    return this.manifest;
  }
}

async function readLists(folder: string, runner: Runner): Promise<Objects> {
  const [services, slices, nodes, pods] = await Promise.all(
    LISTS.map(({ file }) => itemsOf(join(folder, file))),
  );
  if (nodes!.length === 0 && pods!.length === 0) {
    const why = runner.missing[0] ?? 'it lists neither nodes nor pods';
    throw new UserError(`the cluster cannot be seen: ${why}`);
  }
  return { services, slices, nodes, pods } as unknown as Objects;
}

/** The items of a list that kubectl printed; none where it could not. */
async function itemsOf(file: string): Promise<unknown[]> {
  const text = await readFile(file, 'utf8').catch(() => '');
  try {
    const list = JSON.parse(text) as { items?: object[] };
    return wellNamed(list.items ?? []);
  } catch {
    return [];
  }
}

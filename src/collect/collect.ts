import { randomBytes } from 'node:crypto';
import { renameSync, writeFileSync } from 'node:fs';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { FORMAT, type Manifest, MANIFEST, type ManifestHead } from '../cluster/collection/manifest.js';
import { explainSystem } from '../base/system-fault.js';
import { UserError } from '../base/user-error.js';
import { instanceOf, recordTasks, vpcId, vpcTask, zoneIds, zonesTask } from './aws.js';
import { configTasks, LISTS } from './cluster-tasks.js';
import { type ClusterDns, findDns } from './dns-service.js';
import { LOG_SWITCH_SECONDS } from './limits.js';
import { type Config, logState } from './log-switch.js';
import { fullName, type Objects, wellNamed } from './objects.js';
import { makePlan, type Plan } from './plan.js';
import { besideContainers, existingPod, ownPod, type Post, type PostOptions } from './post.js';
import type { Tools } from './program.js';
import { Runner, type RunSignals, type Steps } from './runner.js';
import { chooseTargets, type Targets, type Wanted } from './targets.js';
import type { Task } from './task.js';

export interface CollectOptions {
  folder: string;
  seconds: number;
  /** The image of what is made in the cluster: it has tcpdump, conntrack and ethtool. */
  image: string;
  pullPolicy: string;
  /** Where pods on nodes are made; null for the DNS service's namespace. */
  namespace: string | null;
  /** Whether servers that do not log queries are made to for the time. */
  enableLog: boolean;
  /** Whether AWS is asked for the zones and settings of the nodes' VPC. */
  aws: boolean;
  version: string;
  /** Whether somebody watches what comes: servers' logs are read as they are written too. */
  watched: boolean;
}

/** Says what is to be looked at, of what there is. */
export type Choose = (objects: Objects, dns: ClusterDns) => Promise<Wanted>;

/** Objects of the cluster that are planned with, and how more of what was asked for is read. */
interface Looked {
  runner: Runner;
  read: (task: Task) => Promise<unknown>;
  objects: Objects;
  dns: ClusterDns;
  start: Date;
}

/** A collection that was planned and not yet run. */
export class Collection {
  private constructor(
    readonly plan: Plan,
    /** What was found, what will be done beside gathering, and what is left out, in sentences. */
    readonly notes: readonly string[],
    readonly head: ManifestHead,
    private readonly started: Date,
    private readonly runner: Runner,
    private readonly folder: string,
    private readonly signals: RunSignals,
  ) {}

  /** Looks at the cluster and plans; what it looks at is the first of the evidence. Throws UserError where the cluster cannot be seen. */
  static async plan(
    tools: Tools,
    options: CollectOptions,
    choose: Choose,
    steps: Steps,
    signals: RunSignals,
  ): Promise<Collection> {
    const { folder } = options;
    await mkdir(folder, { recursive: true, mode: 0o700 }).catch((error: unknown) => {
      throw explainSystem(folder, 'written', error);
    });
    const runner = new Runner(tools, folder, steps, signals);
    try {
      const { plan, notes, head, start } = await planFor(await look(runner, folder), options, choose);
      return new Collection(plan, notes, head, start, runner, folder, signals);
    } catch (error) {
      await rm(folder, { recursive: true, force: true });
      throw error;
    }
  }

  /** Gathers, and writes what became of it into the folder. */
  async run(): Promise<Manifest> {
    const { finish, stop } = this.signals;
    const { clocks, gathered, missing } = this.runner;
    const manifest: Manifest = {
      format: FORMAT,
      ...this.head,
      started: this.started.toISOString(),
      listened: null,
      ended: null,
      interrupted: false,
      clocks,
      gathered,
      missing,
    };
    const file = join(this.folder, MANIFEST);
    // what is there of it says what the files beside it are, even if nothing more comes
    const save = () => {
      manifest.listened = this.runner.listened?.toISOString() ?? null;
      manifest.interrupted = finish.aborted || stop.aborted;
      writeFileSync(`${file}.new`, `${JSON.stringify(manifest, null, 2)}\n`, { mode: 0o600 });
      renameSync(`${file}.new`, file);
    };
    this.runner.onChange = () => {
      try {
        save();
      } catch {
        // it is written once more at the end
      }
    };
    try {
      await this.runner.run(this.plan);
    } finally {
      manifest.ended = new Date().toISOString();
      save();
    }
    return manifest;
  }
}

const LOG_OFF =
  'the servers log no queries (plugin log is off): which queries reached them is told by captures alone; --enable-log turns it on meanwhile';
const LOG_ON = `the servers log no queries (plugin log is off): it is turned on in their ConfigMap, which each server takes up without a restart within ${LOG_SWITCH_SECONDS} s, writes a line per query meanwhile, and is put back at the end, however it ends`;

/** Plans by what was seen. */
async function planFor(
  looked: Looked,
  options: CollectOptions,
  choose: Choose,
): Promise<{ plan: Plan; notes: string[]; head: ManifestHead; start: Date }> {
  const { objects, dns, start } = looked;
  const { seconds, enableLog, watched } = options;
  const targets = chooseTargets(await choose(objects, dns), objects, dns);
  const log = logState(dns, await configsOf(looked));
  const on = enableLog && log.state === 'off' ? log.change : null;
  const aws = options.aws ? await planAws(looked) : { looked: [], begin: [] };
  const posts = postsFor(targets, {
    namespace: options.namespace ?? dns.namespace,
    image: options.image,
    pullPolicy: options.pullPolicy,
    seconds,
    run: randomBytes(4).toString('hex'),
  });
  const plan = makePlan({ dns, targets, posts, log: on, aws, seconds, start, watched });
  const service = dns.service ? fullName(dns.service) : null;
  const servers = dns.servers.map(({ metadata }) => metadata.name).join(', ') || 'no pod';
  const notes = [
    service === null
      ? 'no DNS service (kube-dns, coredns, dns-default) was found; its logs and metrics are left out'
      : `the DNS service is ${service}, served by ${servers}`,
    `nodes: ${targets.nodes.join(', ') || 'none'}`,
    ...(log.state === 'off' ? [enableLog ? LOG_ON : LOG_OFF] : []),
    ...(log.state === 'fixed' ? [`the servers log no queries (plugin log is off): ${log.why}`] : []),
    ...targets.notes,
  ];
  const head = {
    dnslens: options.version,
    seconds,
    service,
    servers: dns.servers.map(fullName),
    nodes: targets.nodes,
  };
  return { plan, notes, head, start };
}

/** Lists what there is. Throws UserError where that cannot be seen. */
async function look(runner: Runner, folder: string): Promise<Looked> {
  const start = new Date();
  await runner.several(LISTS);
  const read = async (task: Task) => parsed(await readFile(join(folder, task.file), 'utf8').catch(() => ''));
  const [services, slices, nodes, pods] = await Promise.all(
    LISTS.map(async (task) => wellNamed(((await read(task)) as { items?: object[] } | null)?.items ?? [])),
  );
  if (nodes!.length === 0 && pods!.length === 0) {
    const why = runner.missing[0] ?? 'it lists neither nodes nor pods';
    throw new UserError('cluster-unreachable', `the cluster cannot be seen: ${why}`);
  }
  const objects = { services, slices, nodes, pods } as unknown as Objects;
  return { runner, read, objects, dns: findDns(objects), start };
}

/** The servers' configuration. */
async function configsOf({ runner, read, dns }: Looked): Promise<Config[]> {
  const tasks = configTasks(dns.namespace);
  await runner.several(tasks);
  const configs = await Promise.all(tasks.map((task) => read(task) as Promise<Config | null>));
  return configs.filter((config) => config !== null && wellNamed([config]).length > 0) as Config[];
}

/** What AWS is asked for: the private zones of the nodes' VPC, and what its resolver logs. */
async function planAws({ runner, read, objects }: Looked): Promise<{ looked: Task[]; begin: Task[] }> {
  const instance = instanceOf(objects.nodes);
  if (instance === null)
    throw new UserError(
      'not-in-cluster',
      '--aws: no node of this cluster is an instance of EC2 (spec.providerID)',
    );
  const ask = async (task: Task) => {
    await runner.several([task]);
    return read(task);
  };
  const { region } = instance;
  const looked = [vpcTask(instance)];
  const vpc = vpcId(await ask(looked[0]!));
  if (vpc === null) return { looked, begin: recordTasks(region, []) };
  looked.push(zonesTask(region, vpc));
  return { looked, begin: recordTasks(region, zoneIds(await ask(looked[1]!))) };
}

/** Where commands run: on each node by its pod of `--through`, else a pod of our own; and inside of pods. */
function postsFor({ nodes, through, inside }: Targets, options: PostOptions): Post[] {
  const onNodes = nodes.flatMap((node, at) => {
    const there = through.get(node);
    if (there) return [existingPod(node, there)];
    return through.size > 0 ? [] : [ownPod(node, at, options)];
  });
  return [...onNodes, ...inside.map((pod, at) => besideContainers(pod, at, options))];
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

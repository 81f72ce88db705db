import { setMaxListeners } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { shellWord } from '../base/shell-word.js';
import { type Clock, type Gathered, UNDER_WAY } from '../cluster/collection/manifest.js';
import { measureClock } from './clock.js';
import { Guard } from './guard.js';
import { AT_ONCE, LOG_SWITCH_SECONDS, PATIENCE_SECONDS } from './limits.js';
import { type LogSwitch, RELOADED } from './log-switch.js';
import type { Plan } from './plan.js';
import { type Post, removals, type Step } from './post.js';
import type { Ran, Tools } from './program.js';
import type { Task } from './task.js';

/** Told of what happens. */
export interface Steps {
  /** Whole sentences without a full stop. */
  say: (sentence: string) => void;
  /** The words of each command that gathers, before it is run. */
  show: (command: readonly string[]) => void;
  /** Told once when nothing is gathered any more while time passes; what it does is waited for. */
  onListened?: () => Promise<void>;
}

export interface RunSignals {
  /** Ends what gathers while time passes; what comes after it still runs. */
  finish: AbortSignal;
  /** Ends all but the undoing of what was done. */
  stop: AbortSignal;
}

/** Runs a plan: a task that fails costs its own evidence and a sentence. */
export class Runner {
  readonly gathered: Gathered[] = [];
  readonly missing: string[] = [];
  readonly clocks: Clock[] = [];
  /** When nothing was gathered any more while time passes. */
  listened: Date | null = null;
  /** Told when more is known. */
  onChange = () => {};

  constructor(
    private readonly tools: Tools,
    private readonly folder: string,
    private readonly steps: Steps,
    private readonly signals: RunSignals,
  ) {
    // all that runs at once listens to them
    setMaxListeners(Infinity, signals.finish, signals.stop);
  }

  /** Gathers all of it. What is made or changed in the cluster is undone whatever happens. */
  async run(plan: Plan): Promise<void> {
    const guard = new Guard(this.tools.kubectl);
    try {
      const posts = plan.during.map(({ post }) => post);
      for (const undo of removals(posts)) guard.add(undo);
      if (plan.log) await this.switchLog(plan.log, guard);
      const during = plan.during.map(async ({ post, tasks }) => {
        const fault = await this.start(post);
        if (fault !== null) return this.leaveOut(tasks, fault);
        await Promise.all([this.readClock(post), ...tasks.map((task) => this.gather(task))]);
      });
      const begun = this.several(plan.begin);
      const listening = new AbortController();
      const followed = plan.followed.map((task) => this.gather(task, listening.signal));
      await Promise.all([...during, begun]);
      listening.abort();
      await Promise.all(followed);
      this.listened = new Date();
      this.onChange();
      await this.steps.onListened?.();
      await this.several(plan.end);
    } finally {
      await this.undo(guard);
    }
  }

  /** Runs tasks, some at once. */
  async several(tasks: readonly Task[]): Promise<void> {
    const pending = [...tasks];
    const work = async () => {
      for (let task = pending.shift(); task !== undefined; task = pending.shift()) await this.gather(task);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
  }

  /** Runs one task into its file, which takes the place of what it gave before; it ends with `ends` too. */
  private async gather(task: Task, ends?: AbortSignal): Promise<void> {
    const { finish, stop } = this.signals;
    const { args, seconds } = task;
    const streams = task.streams === true;
    if (stop.aborted || (streams && finish.aborted)) return;
    const tool = this.tools[task.tool ?? 'kubectl'];
    this.steps.show(tool.words(args));
    const file = join(this.folder, task.file);
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    const began = new Date();
    if (streams || task.follows) this.note(task, began, 0, UNDER_WAY, null);
    const gently = streams ? ({ stdin: 'held', finish } as const) : {};
    const into = existsSync(file) ? `${file}.new` : file;
    const signal = ends === undefined ? stop : AbortSignal.any([stop, ends]);
    const ran = await tool.run(args, { seconds, file: into, signal, ...gently });
    if (task.notes !== undefined && ran.stderr !== '')
      await writeFile(join(this.folder, task.notes), ran.stderr, { mode: 0o600 });
    if (ran.bytes === 0) await rm(into, { force: true });
    else if (into !== file) await rename(into, file);
    const failed = failureOf(task, ran, signal.aborted || (streams && finish.aborted));
    this.note(task, began, ran.bytes, failed);
    if (failed !== null && task.follows) this.steps.say(`${task.what}: ${failed}`);
    else if (failed !== null) this.miss(`${task.what}: ${failed}`);
  }

  /** Notes tasks that cannot be run, for one reason. */
  private leaveOut(tasks: readonly Task[], why: string): void {
    const now = new Date();
    for (const task of tasks) this.note(task, now, 0, why);
    this.miss(`${tasks.map(({ what }) => what).join(', ')}: ${why}`);
  }

  /** Notes what became of a file, in the place of what was noted of it before. */
  private note(
    task: Task,
    began: Date,
    bytes: number,
    failed: string | null,
    ended: Date | null = new Date(),
  ): void {
    const { file, what, evidence, node = null, label = null } = task;
    const command = this.tools[task.tool ?? 'kubectl'].words(task.args);
    const times = { began: began.toISOString(), ended: ended === null ? null : ended.toISOString() };
    const noted = { file, what, evidence, node, label, command, ...times, bytes, failed };
    const before = this.gathered.findIndex((one) => one.file === file);
    if (before < 0) this.gathered.push(noted);
    else this.gathered[before] = noted;
    this.onChange();
  }

  private miss(sentence: string): void {
    this.missing.push(sentence);
    this.steps.say(`not gathered: ${sentence}`);
  }

  /** Makes a post ready; why not where that fails. */
  private async start(post: Post): Promise<string | null> {
    for (const step of post.make) {
      const ran = await this.take(step);
      if (ran.fault === null) continue;
      const asked = await this.tools.kubectl.run(post.reason);
      const reason = asked.stdout === '' ? ran.fault : asked.stdout;
      const hint = /Image|Pull/.test(reason) ? '; --image names one that this cluster has' : '';
      return `${step.failing}: ${reason}${hint}`;
    }
    this.steps.say(`gathering ${post.inside === null ? 'on' : 'in'} ${post.place}`);
    return null;
  }

  private async take({ args, stdin, tries = 1 }: Step): Promise<Ran> {
    const { stop } = this.signals;
    this.steps.show(this.tools.kubectl.words(args));
    // kubectl's own time-out says more than that it was ended
    const seconds = PATIENCE_SECONDS + 10;
    const how = { seconds, signal: stop, ...(stdin === undefined ? {} : { stdin }) };
    let ran = await this.tools.kubectl.run(args, how);
    for (let again = 1; again < tries && ran.fault !== null && !stop.aborted; again++) {
      await after(1000);
      ran = await this.tools.kubectl.run(args, how);
    }
    return ran;
  }

  private async readClock(post: Post): Promise<void> {
    if (this.clocks.some(({ node }) => node === post.node)) return;
    const clock = await measureClock(this.tools.kubectl, post, this.signals.stop);
    if (clock === null || this.clocks.some(({ node }) => node === post.node)) return;
    this.clocks.push(clock);
    this.onChange();
  }

  /** Makes the servers log, and waits until they do. */
  private async switchLog({ on, off, watch, servers }: LogSwitch, guard: Guard): Promise<void> {
    const { finish, stop } = this.signals;
    const { kubectl } = this.tools;
    const since = new Date();
    guard.add(off);
    this.steps.show(kubectl.words(on));
    const { fault } = await kubectl.run(on, { signal: stop });
    if (fault !== null)
      return this.miss(`queries in the servers' logs: the log plugin could not be turned on: ${fault}`);
    this.steps.say(`the log plugin is turned on; the servers take that up within ${LOG_SWITCH_SECONDS} s`);
    for (const last = Date.now() + LOG_SWITCH_SECONDS * 1000; Date.now() < last; await after(3000)) {
      if (finish.aborted || stop.aborted) return;
      const { stdout } = await kubectl.run(watch(since), { signal: stop });
      if (stdout.split(RELOADED).length > servers) return;
    }
    this.miss(
      `queries in the servers' logs: not every server took up its configuration in ${LOG_SWITCH_SECONDS} s`,
    );
  }

  private async undo(guard: Guard): Promise<void> {
    for (const { left, args, fault, optional } of await guard.undo()) {
      if (fault === null || optional) continue;
      const command = this.tools.kubectl.words(args).map(shellWord).join(' ');
      this.steps.say(`${left}: ${fault}; do it with: ${command}`);
    }
  }
}

/** What tcpdump says at its end where it was too slow. */
const DROPPED = /^([1-9]\d{0,15}) packets dropped by kernel/m;

/** Why a task did not give what it should have; null where it did, or was ended with what is there. */
function failureOf(
  { mayBeEmpty, notes }: Task,
  { fault, bytes, stderr }: Ran,
  isEnded: boolean,
): string | null {
  if (isEnded && bytes > 0) return null;
  if (fault !== null) return mayBeEmpty && bytes === 0 && /not found/i.test(fault) ? null : fault;
  if (bytes === 0 && !mayBeEmpty) return 'nothing came';
  const dropped = notes === undefined ? null : DROPPED.exec(stderr);
  return dropped && `the kernel dropped ${dropped[1]} packets before tcpdump took them`;
}

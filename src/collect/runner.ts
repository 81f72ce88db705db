import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { shellWord } from '../base/shell-word.js';
import { CREATION, deletion, type Helper, readiness } from './helper-pod.js';
import type { Kubectl } from './kubectl.js';
import { AT_ONCE, PATIENCE_SECONDS } from './limits.js';
import type { Clock, Gathered } from './manifest.js';
import type { Plan } from './plan.js';
import type { Task } from './task.js';

/** Told of what happens, as whole sentences without a full stop. */
export type OnStep = (sentence: string) => void;

export interface RunSignals {
  /** Ends what gathers while time passes; what comes after it still runs. */
  finish: AbortSignal;
  /** Ends all but the deletion of what was made. */
  stop: AbortSignal;
}

/** Runs a plan: a task that fails costs its own evidence and a sentence. */
export class Runner {
  readonly gathered: Gathered[] = [];
  readonly missing: string[] = [];
  readonly clocks: Clock[] = [];

  constructor(
    private readonly kubectl: Kubectl,
    private readonly folder: string,
    private readonly onStep: OnStep,
    private readonly signals: RunSignals,
  ) {}

  /** Gathers all of it. Helper pods are deleted whatever happens. */
  async run(plan: Plan): Promise<void> {
    const { finish, stop } = this.signals;
    const both = AbortSignal.any([finish, stop]);
    try {
      const ready = plan.during.map(async ({ helper, tasks }) => {
        if (!(await this.start(helper))) return;
        await this.readClock(helper);
        await Promise.all(tasks.map((task) => this.gather(task, both)));
      });
      const begun = this.several(plan.begin);
      await Promise.all([...ready, begun]);
      await this.several(plan.end);
    } finally {
      await this.remove(plan.helpers);
    }
  }

  /** Runs tasks, some at once. */
  async several(tasks: readonly Task[]): Promise<void> {
    const pending = [...tasks];
    const work = async () => {
      for (let task = pending.shift(); task !== undefined; task = pending.shift()) {
        await this.gather(task, this.signals.stop);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
  }

  /** Runs one task into its file. */
  private async gather(task: Task, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return;
    const { what, args, seconds } = task;
    const file = join(this.folder, task.file);
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    const ran = await this.kubectl.run(args, { seconds, file, signal });
    const interrupted = signal.aborted && ran.bytes > 0;
    const failed = interrupted ? null : ran.fault;
    if (task.notes !== undefined) await writeFile(join(this.folder, task.notes), ran.stderr, { mode: 0o600 });
    this.gathered.push({
      file: task.file,
      what,
      command: this.kubectl.words(args),
      bytes: ran.bytes,
      failed,
    });
    if (ran.bytes === 0) await rm(file, { force: true });
    if (failed !== null && !(task.mayBeEmpty && ran.bytes === 0 && /not found/i.test(failed))) {
      this.miss(`${what}: ${failed}`);
    } else if (ran.bytes === 0 && !task.mayBeEmpty && !signal.aborted) this.miss(`${what}: nothing came`);
  }

  private miss(sentence: string): void {
    this.missing.push(sentence);
    this.onStep(`not gathered: ${sentence}`);
  }

  private async start(helper: Helper): Promise<boolean> {
    const { node, namespace, name, manifest } = helper;
    const { stop } = this.signals;
    const made = await this.kubectl.run(CREATION, { stdin: manifest, signal: stop });
    if (made.fault !== null) {
      this.miss(`packets and counters on node ${node}: a pod could not be made there: ${made.fault}`);
      return false;
    }
    // kubectl's own time-out says more than that it was ended
    const seconds = PATIENCE_SECONDS + 10;
    const waited = await this.kubectl.run(readiness(helper), { seconds, signal: stop });
    if (waited.fault === null) {
      this.onStep(`gathering on node ${node}`);
      return true;
    }
    const path = '{.status.containerStatuses[0].state.waiting.reason}';
    const why = await this.kubectl.run(['get', 'pod', name, '-n', namespace, '-o', `jsonpath=${path}`]);
    const reason = why.stdout === '' ? waited.fault : why.stdout;
    const hint = /Image|Pull/.test(reason) ? '; --image names one that this cluster has' : '';
    this.miss(`packets and counters on node ${node}: the pod there did not start: ${reason}${hint}`);
    return false;
  }

  private async readClock({ node, namespace, name }: Helper): Promise<void> {
    const before = Date.now();
    const { stdout, fault } = await this.kubectl.run([
      'exec',
      '-n',
      namespace,
      name,
      '--',
      'date',
      '-u',
      '+%s',
    ]);
    const after = Date.now();
    const seconds = Number(stdout.trim());
    if (fault !== null || !Number.isInteger(seconds) || stdout.trim() === '') return;
    // a date of whole seconds is half a second late on average
    const offset = seconds + 0.5 - (before + after) / 2000;
    const within = 0.5 + (after - before) / 2000;
    this.clocks.push({
      node,
      offset_seconds: Number(offset.toFixed(3)),
      within_seconds: Number(within.toFixed(3)),
    });
  }

  private async remove(helpers: readonly Helper[]): Promise<void> {
    if (helpers.length === 0) return;
    const args = deletion(helpers);
    const { fault } = await this.kubectl.run(args);
    if (fault !== null) {
      const command = this.kubectl.words(args).map(shellWord).join(' ');
      this.onStep(
        `pods were left behind: ${fault}; delete them with: ${command} (the cluster ends them by itself)`,
      );
    }
  }
}

import { type ChildProcess, fork } from 'node:child_process';
import type { Answered, Asked, JudgeStart, Stream } from './judge-process.js';

type Told = Extract<Answered, { judged: unknown }>;
type WithoutId<T> = T extends { id: number } ? Omit<T, 'id'> : never;

/** The process that judges, from the side of who asks it. One that ended by itself is started again when it is asked next. */
export class JudgeHandle {
  private child: ChildProcess | null = null;
  private readonly waiting = new Map<
    number,
    { resolve: (answered: Answered) => void; reject: (error: Error) => void }
  >();
  private asked = 0;

  constructor(private readonly start: JudgeStart) {}

  async judge(streams: readonly Stream[]): Promise<Told> {
    return (await this.ask({ judge: streams })) as Told;
  }

  async story(story: string, width: number, unicode: boolean): Promise<string[]> {
    return ((await this.ask({ story, width, unicode })) as Extract<Answered, { story: unknown }>).story;
  }

  close(): void {
    this.child?.removeAllListeners();
    this.child?.kill('SIGKILL');
    this.child = null;
  }

  private async ask(question: WithoutId<Asked>): Promise<Answered> {
    const child = (this.child ??= this.begin());
    const id = ++this.asked;
    const answered = await new Promise<Answered>((resolve, reject) => {
      this.waiting.set(id, { resolve, reject });
      child.send({ ...question, id });
    });
    if ('fault' in answered) throw new Error(answered.fault);
    return answered;
  }

  private begin(): ChildProcess {
    const child = fork(new URL('./judge-process.js', import.meta.url), [JSON.stringify(this.start)], {
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      execArgv: [],
      // what is told of streams has maps
      serialization: 'advanced',
    });
    child.on('message', (answered: Answered) => {
      this.waiting.get(answered.id)?.resolve(answered);
      this.waiting.delete(answered.id);
    });
    child.on('exit', (code, signal) => {
      this.child = null;
      for (const { reject } of this.waiting.values()) reject(new Error(`judging ended (${signal ?? code})`));
      this.waiting.clear();
    });
    return child;
  }
}

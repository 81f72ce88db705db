import { rmSync } from 'node:fs';
import { chmod, copyFile, open, rename, type FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** What ends a process that its user or the system interrupts. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Files under way in this process. */
const underWay = new Set<string>();
let made = 0;

/** A file that is being written beside the one that it will be; gone where the process ends before, by a signal too. */
export class HalfFile {
  private constructor(
    private readonly path: string,
    private readonly place: string,
    readonly handle: FileHandle,
  ) {}

  /** `mode` are the permissions that it will have; the usual ones where null. */
  static async beside(place: string, mode: number | null): Promise<HalfFile> {
    // the target's own name may be as long as a name can be
    const path = join(dirname(place), `.dnslens-${process.pid}-${made++}.part`);
    const handle = await open(path, 'wx');
    if (underWay.size === 0) watch();
    underWay.add(path);
    if (mode !== null) await chmod(path, mode).catch(() => undefined);
    return new HalfFile(path, place, handle);
  }

  /** Puts it, closed by now, in its place, all at once. */
  async finish(): Promise<void> {
    await rename(this.path, this.place).catch(async (error: NodeJS.ErrnoException) => {
      // a file that is mounted by itself, as into a container, can be filled but not replaced
      if (error.code !== 'EBUSY' && error.code !== 'EXDEV') throw error;
      await copyFile(this.path, this.place);
    });
  }

  /** Removes it where it is not in its place by now. */
  drop(): void {
    rmSync(this.path, { force: true });
    underWay.delete(this.path);
    if (underWay.size === 0) unwatch();
  }
}

function watch(): void {
  process.on('exit', dropAll);
  for (const signal of SIGNALS) process.on(signal, end);
}

function unwatch(): void {
  process.off('exit', dropAll);
  for (const signal of SIGNALS) process.off(signal, end);
}

function dropAll(): void {
  for (const path of underWay) rmSync(path, { force: true });
}

function end(signal: NodeJS.Signals): void {
  dropAll();
  unwatch();
  // whoever else ends cleanly does so, and then the process
  if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
}

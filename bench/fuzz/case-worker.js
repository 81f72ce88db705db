import { fork } from 'node:child_process';
import { join } from 'node:path';

/** By the clock, and far more than any case takes even on a busy machine. */
const HANG_SECONDS = 120;
/** JavaScript's heap; the readers' buffers are bounded by the worker itself. */
const HEAP_MEGABYTES = 400;

/** A worker process that is started anew when it ends or hangs. */
export class CaseWorker {
  child = null;

  constructor(script) {
    this.script = join(import.meta.dirname, script);
  }

  /** What came of a case: `faults`, and its bytes where there are any. */
  run(given) {
    this.child ??= fork(this.script, {
      execArgv: [`--max-old-space-size=${HEAP_MEGABYTES}`],
    });
    const { child } = this;
    return new Promise((resolve) => {
      const settle = (result) => {
        clearTimeout(timer);
        child.removeAllListeners();
        resolve(result);
      };
      const lost = (fault) => {
        this.child = null;
        settle({ faults: [fault] });
      };
      const timer = setTimeout(() => {
        child.removeAllListeners();
        child.kill('SIGKILL');
        lost('hangs');
      }, HANG_SECONDS * 1000);
      child.once('message', settle);
      child.once('exit', (code, signal) => lost(`ends the process (${signal ?? code})`));
      child.send(given);
    });
  }

  stop() {
    this.child?.removeAllListeners();
    this.child?.kill();
  }
}

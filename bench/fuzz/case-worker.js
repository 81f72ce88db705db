import { fork } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Processor time that no case comes near, and how often by the clock it is looked at. */
const HANG_SECONDS = 60;
const LOOK_SECONDS = 60;
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
        clearInterval(timer);
        child.removeAllListeners();
        resolve(result);
      };
      const lost = (fault) => {
        this.child = null;
        settle({ faults: [fault] });
      };
      let used = cpuSeconds(child.pid);
      const most = used + HANG_SECONDS;
      const timer = setInterval(() => {
        const now = cpuSeconds(child.pid);
        const waits = now - used < 0.1;
        used = now;
        if (now < most && !waits) return;
        child.removeAllListeners();
        child.kill('SIGKILL');
        lost(waits ? 'waits for ever' : 'takes for ever');
      }, LOOK_SECONDS * 1000);
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

/** Processor time of a process so far (Linux); elsewhere what the clock says. */
function cpuSeconds(pid) {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ')[1].split(' ');
    return (Number(fields[11]) + Number(fields[12])) / 100;
  } catch {
    return performance.now() / 1000;
  }
}

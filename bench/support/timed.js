import { spawnSync } from 'node:child_process';

/** Seconds by the clock and of the processors for one run of a program, its output thrown away. */
export function timed(program, args) {
  const words = [program, ...args].map(quoted).join(' ');
  const started = performance.now();
  const { stdout } = spawnSync('sh', ['-c', `${words} >/dev/null 2>&1; times`], { encoding: 'utf8' });
  const seconds = (performance.now() - started) / 1000;
  const ofChildren = stdout.trim().split('\n').at(-1).split(' ');
  const cpu = ofChildren.reduce((sum, time) => {
    const [minutes, rest] = time.split('m');
    return sum + 60 * Number(minutes) + Number.parseFloat(rest);
  }, 0);
  return { seconds, cpu };
}

/** The median of several runs, by the clock and of the processors, each for itself. */
export function median(runs) {
  const middle = (field) => {
    const sorted = runs.map((run) => run[field]).toSorted((a, b) => a - b);
    return sorted[Math.floor(sorted.length / 2)];
  };
  return { seconds: middle('seconds'), cpu: middle('cpu') };
}

function quoted(word) {
  return `'${word.replaceAll("'", `'\\''`)}'`;
}

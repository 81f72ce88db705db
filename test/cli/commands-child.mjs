// Runs command lines, one after the other in this process: [[file, argv], ...] on standard input, as JSON. Gives
// [{code, text, said, changed}, ...]: what it printed, what of that to standard error, and whether the file is another then.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { main } from '../../dist/cli/main.js';

const write = { stdout: process.stdout.write.bind(process.stdout) };
const seen = { stdout: '', stderr: '' };
for (const name of ['stdout', 'stderr']) {
  process[name].write = (text, ...rest) => {
    seen[name] += text.toString();
    rest.findLast((value) => typeof value === 'function')?.();
    return true;
  };
}

function stateOf(file) {
  const beside = existsSync(`${file}.wal`) ? ' and a log' : '';
  return createHash('sha256').update(readFileSync(file)).digest('hex') + beside;
}

// every run listens to its output anew
for (const stream of [process.stdout, process.stderr, process]) stream.setMaxListeners(0);

const results = [];
for (const [file, argv] of JSON.parse(readFileSync(0, 'utf8'))) {
  const before = stateOf(file);
  seen.stdout = '';
  seen.stderr = '';
  const code = await main(argv);
  results.push({
    code,
    text: seen.stdout + seen.stderr,
    said: seen.stderr,
    changed: stateOf(file) !== before,
  });
}
write.stdout(JSON.stringify(results));

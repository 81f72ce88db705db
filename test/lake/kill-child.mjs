// Exports a database into a lake, and kills itself before the KILL_AT-th change of the file system; prints how many there were.
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

const [database, lake, killAt] = process.argv.slice(2);
let changes = 0;
for (const name of ['mkdir', 'rename', 'rm', 'rmdir', 'writeFile']) {
  const change = fs.promises[name];
  fs.promises[name] = (...args) => {
    if (++changes === Number(killAt)) process.kill(process.pid, 'SIGKILL');
    return change(...args);
  };
}
syncBuiltinESMExports();

const { openForReading } = await import('../../dist/build/reading.js');
const { EXPORT_MEMORY, exportLake, FolderTarget } = await import('../../dist/lake/index.js');
const opened = await openForReading(database, { writesTo: lake, memoryLimit: EXPORT_MEMORY });
await exportLake(opened, new FolderTarget(lake), { node: null, version: '0.0.0' });
opened.close();
process.stdout.write(String(changes));

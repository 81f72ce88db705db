// Makes the folder of a redacted copy, says where it is, and ends as it is told to.
import { TemporaryFolder } from '../../dist/base/temporary-folder.js';

process.stdout.write(`${new TemporaryFolder().path}\n`, () => {
  if (process.argv[2] === 'exit') process.exit(0);
});
setInterval(() => undefined, 1000);

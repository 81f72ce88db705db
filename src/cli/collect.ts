import { existsSync, readdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { writeArchive } from '../collect/archive.js';
import { Collection } from '../collect/collect.js';
import { MOST_SECONDS } from '../collect/limits.js';
import { Program } from '../collect/program.js';
import { scriptOf } from '../collect/script.js';
import { counted } from '../base/counted.js';
import { shellWord } from '../base/shell-word.js';
import { printable } from '../report/escape.js';
import { TemporaryFolder } from '../base/temporary-folder.js';
import { UserError } from '../base/user-error.js';
import { askedFor, isAgreed } from './collect-questions.js';
import { diagnoseEvidence } from './diagnose.js';
import { EXIT } from './exit.js';
import { Interrupts } from './terminal/interrupts.js';
import type { Session } from './session.js';
import { Watching } from './watch/watching.js';
import { secondsOf } from './time-span.js';
import { version } from './version.js';

/**
 * dnslens collect: gathers evidence with the user's kubectl. An interrupt ends the time of gathering; a second one, or
 * SIGTERM, all but the deletion of what was made in the cluster.
 */
export async function collect(session: Session): Promise<number> {
  const { args } = session;
  const dry = args.on('dry-run');
  const seconds = secondsOf('for', args.text('for')!, 1, MOST_SECONDS);
  const given = args.text('out') ?? `dnslens-${new Date().toISOString().slice(0, 19).replace(/[-:]/g, '')}`;
  const archive = `${join(given, '.')}.tar.zst`;
  const result = args.on('archive') ? archive : given;
  if (!dry) refuseUsed(given);
  if (!dry && existsSync(result) && result !== given)
    throw new UserError('file-exists', `${result} is there already; name another with --out`);
  // a dry run looks at the cluster as well, and leaves nothing
  const looked = dry ? new TemporaryFolder() : null;
  const watched = args.on('watch');
  if (watched && dry)
    throw new UserError(
      'conflicting-flags',
      '--watch needs what --dry-run does not do; leave one of them out',
    );
  let showing: Watching | null = null;
  const say = (sentence: string) => (showing ?? session).notice(printable(sentence));
  const context = args.text('context');
  const kubectl = new Program('kubectl', context === undefined ? [] : [`--context=${context}`]);
  const tools = { kubectl, aws: new Program('aws') };
  const steps = {
    say,
    show: (command: readonly string[]) => say(`+ ${shownCommand(command)}`),
    onListened: async () => (stop.signal.aborted ? showing?.end() : showing?.finish()),
  };
  const finish = new AbortController();
  const stop = new AbortController();
  const signals = { finish: finish.signal, stop: stop.signal };
  const interrupts = new Interrupts((signal) => {
    if (signal === 'SIGINT' && !finish.signal.aborted) {
      say('gathering ends here; interrupt again to leave out logs too');
      finish.abort();
      return 'more';
    }
    stop.abort();
    return 'last';
  });
  try {
    const options = {
      folder: looked?.path ?? given,
      seconds,
      image: args.text('image')!,
      pullPolicy: args.text('image-pull-policy')!,
      namespace: args.text('namespace') ?? null,
      enableLog: args.on('enable-log'),
      aws: args.on('aws'),
      version: version(),
      watched,
    };
    const wanted = {
      pods: args.list('pod'),
      workloads: args.list('workload'),
      nodes: args.list('node'),
      inside: args.on('in-pod'),
      through: args.text('through') ?? null,
    };
    const choose = askedFor(wanted, !dry && !args.on('yes'));
    const collection = await Collection.plan(tools, options, choose, steps, signals);
    if (dry) {
      process.stdout.write(scriptOf(collection.plan, given, collection.head, tools));
      return EXIT.done;
    }
    for (const note of collection.notes) say(note);
    if (!args.on('yes') && !(await isAgreed(collection, seconds))) return EXIT.userError;
    if (watched) {
      showing = await Watching.begin(session, given);
      void showing.left.then(() => finish.abort());
    }
    const { gathered, missing } = await collection.run();
    const files = gathered.filter(({ bytes }) => bytes > 0).length;
    if (args.on('archive')) {
      await writeArchive(given, archive);
      await rm(given, { recursive: true });
    }
    say(
      `${counted(files, 'file')} in ${result}${missing.length > 0 ? `, ${counted(missing.length, 'thing')} not gathered` : ''}`,
    );
    if (stop.signal.aborted) return EXIT.userError;
    if (!args.on('report')) {
      if (!args.on('json')) session.say(`dnslens ${result}`);
      return files > 0 ? EXIT.done : EXIT.userError;
    }
  } finally {
    await showing?.end();
    looked?.remove();
    interrupts.release();
    if (stop.signal.aborted) interrupts.end();
  }
  return diagnoseEvidence(session, [result]);
}

/** Evidence of two times in one folder would be taken for one. */
function refuseUsed(folder: string): void {
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch {
    return; // it is made, or whoever makes it says why not
  }
  if (names.length > 0) throw new UserError('file-exists', `--out ${folder} is not empty; name a new folder`);
}

/** A command as it is shown: without the templates, which say at length what is kept of objects. */
function shownCommand(command: readonly string[]): string {
  return command.map((word) => shellWord(word.replace(/^(go-template=).+/s, '$1...'))).join(' ');
}

/** What a kind of error means for whoever sees it, and what to do about it. */
export interface ErrorKind {
  means: string;
  todo: string;
}

/**
 * Every kind of error that ends a command, by its code: what a script or an assistant can act on, where the sentence is
 * for people. docs/errors.md is made of it, in these groups.
 */
export const ERRORS = {
  'The command line': {
    'unknown-command': {
      means: 'There is no such command, or no such word after one.',
      todo: 'Take the one that the sentence asks about, or see `dnslens --help`.',
    },
    'unknown-flag': {
      means: 'The command has no such flag, or the query no such parameter.',
      todo: 'Take the one that the sentence names; `dnslens COMMAND --help` and `dnslens queries QUERY` list them.',
    },
    'wrong-value': {
      means: 'A flag, a parameter or a variable of the environment has a value that it does not take.',
      todo: 'Give one of the form that the sentence shows.',
    },
    'wrong-words': {
      means: 'A word or flag that the command needs is missing, or there is a word too many.',
      todo: 'Write the command as the sentence shows.',
    },
    'conflicting-flags': {
      means: 'Flags or words do not go together, or one is given without the other that it goes with.',
      todo: 'Leave one out, or add the other.',
    },
    'not-confirmed': {
      means: 'The command would change something and asks first, and nobody can answer.',
      todo: 'Agree beforehand with `--yes`, or look with `--dry-run`.',
    },
  },
  'What is asked for': {
    'unknown-query': {
      means: 'There is no query or pack of that name.',
      todo: '`dnslens queries` lists them.',
    },
    'unknown-cause': {
      means: 'There is no cause of that name.',
      todo: '`dnslens report` names those that were found, docs/reference/causes.md all.',
    },
    'not-in-evidence': {
      means: 'The evidence has no such lookup, client, source or packet, or nothing at all to do that with.',
      todo: 'Take a name that is there, or read more evidence.',
    },
    'outside-evidence': {
      means: 'The evidence has nothing between the times that were asked for.',
      todo: 'Take times between its first and last, which `dnslens report` says.',
    },
    'ambiguous-name': {
      means: 'A name stands for several things.',
      todo: 'Give one of those that the sentence lists.',
    },
    'wrong-sql': {
      means: 'A statement cannot be run: its grammar, a name or a value in it is wrong.',
      todo: 'Correct it; the sentence says where. `dnslens sql` with `.tables` lists what there is.',
    },
    'sql-refused': {
      means: 'A statement would write, or reach what it may not: evidence is only read.',
      todo: 'Ask with a select.',
    },
    'wrong-query-file': {
      means: 'A query of your own (`--queries`) is not as a query must be.',
      todo: 'Correct the file that the sentence names; CONTRIBUTING.md has the form.',
    },
    'too-much': {
      means: 'The answer is longer, or takes longer, than is allowed.',
      todo: 'Narrow it by `--since`, `--until` or `--client`.',
    },
    interrupted: {
      means: 'It was ended before it was done.',
      todo: 'Run it again.',
    },
  },
  'Files and inputs': {
    'no-such-file': {
      means: 'A file or folder is not there, or no longer.',
      todo: 'Name one that is, or make the folder.',
    },
    'wrong-kind-of-file': {
      means: 'A folder stands where a file is needed, a file where a folder is, or a pipe, device or socket.',
      todo: 'Name what the sentence asks for.',
    },
    'file-exists': {
      means: 'Something is there already, and is not replaced.',
      todo: 'Name another, or move it away.',
    },
    'not-permitted': {
      means: 'This user may not, the file system is read-only, or `dnslens mcp` was not given that folder.',
      todo: 'Change the permissions, or name another place.',
    },
    'disk-full': {
      means: 'There is no room left, or a quota or a limit of sizes is reached.',
      todo: 'Make room and run the same command again: inputs that are read are kept.',
    },
    'empty-input': {
      means: 'An input has no bytes, or a folder or an archive no files to read.',
      todo: 'Gather it again.',
    },
    'unreadable-input': {
      means: 'An input is damaged so that nothing, or not all of it, could be read.',
      todo: 'Copy or gather it again.',
    },
    'unknown-kind': {
      means: 'An input is no evidence of a kind that is read.',
      todo: 'Give it in a form of docs/reference/forms.md.',
    },
    'machine-fault': {
      means: 'The operating system refused in another way: a disk that fails, too many open files.',
      todo: 'Do what the sentence says, and run the same command again.',
    },
  },
  'The database': {
    'no-database': {
      means: 'There is no database yet, or nothing was read into it.',
      todo: 'Make one with `dnslens ingest`, or name another with `--db`.',
    },
    'needs-database': {
      means: 'A lake or another engine was named, and that needs the database that it was made from.',
      todo: 'Name the database with `--db`.',
    },
    'in-use': {
      means: 'Another process has the database, the file, or its place in the lake.',
      todo: 'Wait until it ends and run the same command again, or name another `--db`.',
    },
    'other-version': {
      means: 'The database or lake is of another version of dnslens or DuckDB, or its models are.',
      todo: 'Do what the sentence says: read the evidence again into another `--db`, or build its models anew.',
    },
    'not-a-database': {
      means: 'The file is a database that dnslens did not make, or holds what no dnslens puts into one.',
      todo: 'Name another with `--db`, or ask for the evidence that it was made from.',
    },
    'damaged-database': {
      means: 'The database or a file of the lake is damaged, or is none.',
      todo: 'Move it away and read the evidence again, or export again.',
    },
    'models-not-built': {
      means: 'The evidence is in the file, and the models cannot be built of some of it.',
      todo: 'Take out the sources that the sentence names with `dnslens forget`.',
    },
    'too-little-memory': {
      means: 'The memory that is allowed, or that the machine has, is too little.',
      todo: 'Run the same command again with a larger `--memory-limit`.',
    },
  },
  'A cluster and its traffic': {
    'cluster-unreachable': {
      means: 'kubectl does not show the cluster.',
      todo: 'See that `kubectl get nodes` works, then run the same command again.',
    },
    'not-in-cluster': {
      means: 'The cluster has no such node, pod or workload, or none that fits.',
      todo: 'Name one that kubectl lists.',
    },
    'capture-failed': {
      means: 'tcpdump ended without a packet.',
      todo: 'Do what it said; most often it must be run by root.',
    },
  },
  'A lake and its engine': {
    'no-lake': {
      means: 'No lake lies there, or its tables were not made in the engine.',
      todo: 'Name one that `dnslens export --parquet` made; `dnslens lake ddl` makes its tables.',
    },
    'lake-refused': {
      means: 'This database cannot go into that lake.',
      todo: 'Do what the sentence says; the lake is as it was.',
    },
    'store-failed': {
      means: 'The object store cannot be reached, or did not do what was asked.',
      todo: 'See to its name, region and endpoint; else run the same command again later.',
    },
    'engine-failed': {
      means: 'Trino cannot be reached, is none, or did not do what was asked.',
      todo: "See to `--engine`'s host, port and TLS; else run the same command again later.",
    },
    'credentials-refused': {
      means: 'The object store or Trino does not take these credentials, or there are none.',
      todo: 'Set them as the sentence says.',
    },
    'no-extension': {
      means: "DuckDB's extension for object stores is not on this machine, or cannot be loaded.",
      todo: 'Install it as the sentence says.',
    },
  },
  'dnslens itself': {
    bug: {
      means: 'A bug in dnslens; the exit code is 3, that of all others 2.',
      todo: 'Report it with what you ran.',
    },
  },
} as const satisfies Record<string, Record<string, ErrorKind>>;

type Groups = typeof ERRORS;

/** The code of a kind of error. */
export type ErrorCode = { [Group in keyof Groups]: keyof Groups[Group] }[keyof Groups];

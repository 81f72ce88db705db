import { createInterface } from 'node:readline/promises';
import type { Choose, Collection } from '../collect/collect.js';
import { workloadsOf } from '../collect/targets.js';
import type { Wanted } from '../collect/targets.js';
import { printable } from '../report/escape.js';
import { UserError } from '../base/user-error.js';

/** Workloads that are named in a question. */
const NAMED = 12;

/** What the options name; where they name nothing, what a person says who is asked. */
export function askedFor(wanted: Wanted, asks: boolean): Choose {
  return async (objects, dns) => {
    const isNamed = [...wanted.pods, ...wanted.workloads, ...wanted.nodes].length > 0;
    if (isNamed || !asks || !process.stdin.isTTY) return wanted;
    const names = workloadsOf(objects, dns);
    const some = names.slice(0, NAMED).join(', ');
    const answer = await ask(
      `Which workload has the trouble? ${some}${names.length > NAMED ? ', ...' : ''} (nothing: all nodes) `,
    );
    return answer === '' ? wanted : { ...wanted, workloads: answer.split(/[\s,]+/) };
  };
}

/** Asks once, on a terminal, whether to go on. Throws UserError where nobody can answer. */
export async function isAgreed({ plan }: Collection, seconds: number): Promise<boolean> {
  if (!process.stdin.isTTY)
    throw new UserError(
      'not-confirmed',
      'dnslens collect asks before it makes anything; --yes agrees, --dry-run shows all',
    );
  const made = plan.during.filter(({ post }) => post.make.length > 0).map(({ post }) => post);
  const nodes = made.filter(({ inside }) => inside === null).map(({ node }) => node);
  const pods = made.flatMap(({ inside, place }) => (inside === null ? [] : [place]));
  const steps = [
    ...(nodes.length > 0 ? [`makes a pod on the network of ${nodes.join(', ')}`] : []),
    ...(pods.length > 0 ? [`adds a container to ${pods.join(', ')}`] : []),
    ...(plan.log === null ? [] : ["turns the servers' log plugin on"]),
    `listens for ${seconds} s`,
    'reads logs and objects',
    'takes away what it made',
  ];
  const answer = await ask(`This ${steps.slice(0, -1).join(', ')}, and ${steps.at(-1)}. Go on? [y/N] `);
  return /^y(?:es)?$/i.test(answer);
}

async function ask(question: string): Promise<string> {
  const asking = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return (await asking.question(printable(question))).trim();
  } finally {
    asking.close();
  }
}

import { z } from 'zod';
import { FIRST_DATABASE } from './tool.js';

/** A word of a command line: never taken for an option, and no longer than anything real. */
export const word = (most = 300) =>
  z
    .string()
    .min(1)
    .max(most)
    .regex(/^[^-\0][^\0]*$/, 'must not begin with "-"');

/** Where databases stand, by name. */
export const databaseName = z
  .string()
  .regex(/^[a-z0-9][a-z0-9_-]{0,39}$/i, 'is letters, digits, - and _, at most 40')
  .default(FIRST_DATABASE)
  .describe(`the name that ingest gave the evidence; "${FIRST_DATABASE}" where it gave none`);

/** How much of an answer is wanted. */
export const full = z
  .boolean()
  .default(false)
  .describe('all of the answer, up to some 100,000 characters, instead of what matters first');

/** What is asked of a part of the evidence. */
export const narrowing = {
  since: word(60)
    .optional()
    .describe('nothing before: 2026-01-02T03:04:05Z, 15:36, 15:36..15:40, 10m before the end'),
  until: word(60).optional().describe('nothing from then on'),
  client: word()
    .optional()
    .describe('an address, a prefix, a pod, a workload, NAMESPACE/POD, NAMESPACE/WORKLOAD or NAMESPACE/'),
};

/** The options of a command line for values that were given. */
export function options(given: Readonly<Record<string, string | number | boolean | undefined>>): string[] {
  return Object.entries(given).flatMap(([name, value]) => {
    if (value === undefined || value === false) return [];
    return [value === true ? `--${name}` : `--${name}=${value}`];
  });
}

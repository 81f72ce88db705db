// Where checks keep what they download or build once.
import { homedir } from 'node:os';
import { join } from 'node:path';

export const CACHE = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'dnslens');

/** Why something that a check needs is not on this machine; the check is then left out. */
export class NotHere extends Error {}

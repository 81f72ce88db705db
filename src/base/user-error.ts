import type { ErrorCode } from './error-codes.js';

/**
 * A mistake of the user or a fault of the machine that one sentence explains: what, where, what to do; its code is for
 * programs. Commands print it and exit with 2; any other error is a bug.
 */
export class UserError extends Error {
  override readonly name = 'UserError';

  constructor(
    readonly code: ErrorCode,
    message: string,
  ) {
    super(message);
  }
}

/**
 * A mistake of the user or a fault of the machine that one sentence explains: what, where, what to do.
 * Commands print its message and exit with 2; any other error is a bug.
 */
export class UserError extends Error {
  override readonly name = 'UserError';
}

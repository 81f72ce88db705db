export { parseTrinoAddress, withoutSecret } from './address.js';
export { credentialsOf, TrinoConnection } from './connection.js';
export { TrinoEngine } from './engine.js';
export type { StatementProgress } from './statement.js';

export { parseTrinoAddress } from './engine-address.js';
export { credentialsOf, TrinoConnection } from './connection.js';
export { TrinoEngine } from './trino-engine.js';

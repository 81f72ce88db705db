import { BlockList, isIP } from 'node:net';
import { formatAddress, parseAddress } from '../base/address.js';
import { UserError } from '../base/user-error.js';
import { didYouMean } from '../base/suggest.js';
import type { Evidence } from './evidence.js';

interface Client {
  client: string;
  namespace: string | null;
  pod: string | null;
  workload: string | null;
}

/** The clients that a user named. */
export interface Clients {
  /** As the user calls them. */
  name: string;
  /** At least one. */
  addresses: readonly string[];
}

/**
 * The clients that a user names: an address, a prefix (`10.0.1.0/24`), a pod, a workload, either with
 * its namespace before it, or `NAMESPACE/`. Null where none is named. Throws UserError where none is known by that
 * name, or where clients of several namespaces are.
 */
export async function readClients(evidence: Evidence, given: string | undefined): Promise<Clients | null> {
  if (given === undefined) return null;
  const address = parseAddress(given);
  if (address !== null) return { name: given, addresses: [formatAddress(address)] };
  const clients = await evidence.rows<Client>(
    'select client, namespace, pod, workload from clients order by client',
  );
  const prefix = prefixOf(given);
  if (prefix !== null)
    return known(
      given,
      clients.filter(({ client }) => prefix(client)),
      [],
    );
  const named = clients.map((client) => ({ client, names: namesOf(client) }));
  const found = named.filter(({ names }) => names.includes(given)).map(({ client }) => client);
  const namespaces = [...new Set(found.map(({ namespace }) => namespace ?? ''))].sort();
  if (namespaces.length > 1 && !given.includes('/')) {
    throw new UserError(
      'ambiguous-name',
      `--client ${given} is of several namespaces: ${namespaces.map((namespace) => `${namespace}/${given}`).join(', ')}`,
    );
  }
  return known(given, found, [...new Set(named.flatMap(({ names }) => names))]);
}

/** What a client is called: by its pod, its workload and its namespace. */
function namesOf({ namespace, pod, workload }: Client): string[] {
  const own = [pod, workload].filter((name) => name !== null);
  return namespace === null ? own : [...own, ...own.map((name) => `${namespace}/${name}`), `${namespace}/`];
}

/** Whether an address lies in the prefix that `given` is; null where it is none. */
function prefixOf(given: string): ((address: string) => boolean) | null {
  const [network = '', length = ''] = given.split('/');
  const version = isIP(network);
  if (version === 0 || !/^\d{1,3}$/.test(length) || Number(length) > (version === 4 ? 32 : 128)) return null;
  const family = version === 4 ? 'ipv4' : 'ipv6';
  const list = new BlockList();
  list.addSubnet(network, Number(length), family);
  return (address) => isIP(address) === version && list.check(address, family);
}

function known(given: string, found: readonly Client[], names: readonly string[]): Clients {
  if (found.length > 0) return { name: given, addresses: found.map(({ client }) => client) };
  throw new UserError(
    'not-in-evidence',
    `--client ${given} is no address, prefix, pod or workload that is known${didYouMean(given, names)}`,
  );
}

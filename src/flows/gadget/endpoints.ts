import type { Endpoint } from '../../capture/printed/printed-packet.js';
import { numberAt, textAt, textsAt } from '../../base/loose-json.js';
import { endIn, portOf } from '../ends.js';

/**
 * An end of a packet as the gadget writes it: an object, or a text such as `p/NAMESPACE/POD:53`
 * (`s/` of a service); null if it is none, or cut.
 */
export function readEndpoint(value: unknown): Endpoint | null {
  const address = textAt(value, 'addr');
  if (address !== null) return address === '' ? null : { address, port: portOf(numberAt(value, 'port')) };
  const end = typeof value === 'string' ? endIn(value.trim().replace(/^[ps]\//, '')) : null;
  return end?.address.includes('…') ? null : end;
}

/** What an answer lists: a list, or a text with commas. */
export function listed(value: unknown): string[] {
  return typeof value === 'string' ? value.split(',') : textsAt(value);
}

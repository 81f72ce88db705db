import type { Endpoint } from '../../capture/printed/printed-packet.js';
import { numberAt, textAt } from '../../cluster/loose-json.js';
import { parseAddress } from '../../store/address.js';
import { portOf } from '../flow.js';

/** `10.1.1.2:53`, `[2001:db8::1]:53`, `p/NAMESPACE/POD:53`, `s/NAMESPACE/SERVICE:53`; a port that is cut is `…`. */
const TEXT = /^(?:[ps]\/)?(\[[^\]]{2,60}\]|[^\s:]{1,320}):(\d{1,5}|…|\.{3})$/;

/** An end of a packet as the gadget writes it: an object, or a text; null if it is none, or cut. */
export function readEndpoint(value: unknown): Endpoint | null {
  const address = textAt(value, 'addr');
  if (address !== null) return address === '' ? null : { address, port: portOf(numberAt(value, 'port')) };
  const found = typeof value === 'string' ? TEXT.exec(value.trim()) : null;
  if (!found || found[1]!.includes('…')) return null;
  return { address: found[1]!.replace(/^\[|\]$/g, ''), port: portOf(Number(found[2])) };
}

/** The addresses of an answer: a list, or a text with commas, whose last may be cut. */
export function addressesOf(value: unknown): string[] {
  const listed =
    typeof value === 'string' ? value.split(',') : Array.isArray(value) ? value.slice(0, 1000) : [];
  return listed.filter((one): one is string => typeof one === 'string' && parseAddress(one.trim()) !== null);
}

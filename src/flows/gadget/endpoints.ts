import type { Endpoint } from '../../capture/printed/printed-packet.js';
import { numberAt, textAt, textsAt } from '../../cluster/loose-json.js';
import { portOf } from '../ends.js';

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

/** What an answer lists: a list, or a text with commas. */
export function listed(value: unknown): string[] {
  return typeof value === 'string' ? value.split(',') : textsAt(value);
}

import type { Endpoint } from '../capture/printed/printed-packet.js';

export const DNS_PORT = 53;

/** A port of a record, or 0 where it is none. */
export function portOf(value: number | null): number {
  return value !== null && Number.isInteger(value) && value > 0 && value < 65536 ? value : 0;
}

/** A port that is cut is `…`; early releases of Hubble put the service's name behind it. */
const END = /^(\[[^\]]{2,60}\]|[^\s:]{1,320})(?::(\d{1,5}|…|\.{3})(?:\([\w.-]{1,40}\))?)?$/;

/** An end as text: `10.1.1.2:53`, `[2001:db8::1]:53`, `NAMESPACE/POD:53`, or without a port; null of another form. */
export function endIn(text: string): Endpoint | null {
  const found = END.exec(text);
  return found && { address: found[1]!.replace(/^\[|\]$/g, ''), port: portOf(Number(found[2] ?? 0)) };
}

/** Which way a message went: releases differ in whether a response's source is its sender or who asked, and a server has the port. */
export function wayOf(from: Endpoint, to: Endpoint, isResponse: boolean): { src: Endpoint; dst: Endpoint } {
  const isTurned = isResponse && to.port === DNS_PORT && from.port !== DNS_PORT;
  return isTurned ? { src: to, dst: from } : { src: from, dst: to };
}

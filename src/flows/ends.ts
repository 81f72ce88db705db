import type { Endpoint } from '../capture/printed/printed-packet.js';

export const DNS_PORT = 53;

/** A port of a record, or 0 where it is none. */
export function portOf(value: number | null): number {
  return value !== null && Number.isInteger(value) && value > 0 && value < 65536 ? value : 0;
}

/** Which way a message went: releases differ in whether a response's source is its sender or who asked, and a server has the port. */
export function wayOf(from: Endpoint, to: Endpoint, isResponse: boolean): { src: Endpoint; dst: Endpoint } {
  const isTurned = isResponse && to.port === DNS_PORT && from.port !== DNS_PORT;
  return isTurned ? { src: to, dst: from } : { src: from, dst: to };
}

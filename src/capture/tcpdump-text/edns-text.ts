import type { PrintedEdns } from '../printed/printed-packet.js';

/** Reads what tcpdump prints of an OPT record (print-domain.c, eopt_print): `. OPT UDPsize=1232 DO [COOKIE ...,ECS 10.0.0.0/24/0]`. */
export function readEdns(text: string): PrintedEdns | null {
  const found = /\bUDPsize=(\d{1,5})( DO)?/.exec(text);
  if (!found) return null;
  const cookie = /\bCOOKIE ([\da-f]{1,16})(?: ([\da-f]{1,64}))?/.exec(text);
  const subnet = /\bECS ([\da-f.:]+)\/(\d{1,3})/.exec(text);
  const error = /\bOpt15 ([\da-f]{4})/.exec(text);
  return {
    size: Number(found[1]) & 0xffff,
    dnssecOk: found[2] !== undefined,
    cookieBytes: cookie ? (cookie[1]!.length + (cookie[2]?.length ?? 0)) / 2 : 0,
    subnet: subnet ? `${subnet[1]}/${subnet[2]}` : null,
    extendedError: error ? parseInt(error[1]!, 16) : null,
  };
}

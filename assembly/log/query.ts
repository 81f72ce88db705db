import { behind, LONGEST_NAME, TCP, UDP } from './generated/layout';
import { readDuration } from './duration';
import { goTo, line } from './line';
import { isRcode, isType, meaning } from './meaning';
import { number, readNumber, readWord } from './number';
import { runEnd, wordEnd } from './runs';

const COLON: u8 = 58;
const OPEN: u8 = 91;
const BACKSLASH: u8 = 92;
const CLOSE: u8 = 93;
const DIGIT_ZERO: u32 = 48;
const DIGIT_NINE: u32 = 57;
/** More is no list of flags. */
const MOST_FLAGS: u32 = 64;
const MOST_OPCODE: u32 = 15;

/** The query line being read. */
export namespace query {
  export let clientAt: usize = 0;
  export let clientLength: u32 = 0;
  export let port: u32 = 0;
  export let txid: u32 = 0;
  export let type: u32 = 0;
  export let nameAt: usize = 0;
  export let nameLength: u32 = 0;
  export let protocol: u32 = 0;
  export let requestBytes: u32 = 0;
  export let dnssecOk: u32 = 0;
  export let ednsSize: u32 = 0;
  export let rcode: u32 = 0;
  export let flagsAt: usize = 0;
  export let flagsLength: u32 = 0;
  export let responseBytes: u32 = 0;
  /** Of the combined format; -1 in the common one. */
  export let opcode: i32 = -1;
}

/**
 * Reads a line in the common or combined format of CoreDNS's log plugin (plugin/log/log.go), from 1.2.6 on:
 * `[INFO] CLIENT:PORT - ID "TYPE IN NAME PROTO SIZE DO BUFSIZE" RCODE FLAGS RSIZE DURATIONs "OPCODE"`.
 */
export function readQuery(): bool {
  return (
    goTo(behind.info(line.at)) &&
    readClient() &&
    goTo(behind.dash(line.at)) &&
    readId() &&
    readQuestion() &&
    readReply() &&
    readDuration() &&
    readOpcode()
  );
}

/** `ADDRESS:PORT` or `[ADDRESS]:PORT`. */
function readClient(): bool {
  const isBracketed = load<u8>(line.at) == OPEN;
  query.clientAt = line.at;
  line.at = runEnd(line.at, isBracketed ? CLOSE : COLON);
  query.clientLength = <u32>(line.at - query.clientAt);
  if (!goTo(isBracketed ? behind.closed_port(line.at) : behind.port(line.at)) || !readWord()) return false;
  query.port = number.value;
  return true;
}

function readId(): bool {
  if (!readWord()) return false;
  query.txid = number.value;
  return true;
}

/** ` "TYPE IN NAME PROTO SIZE DO BUFSIZE" `, the name without escapes: then there is none that TypeScript would not take. */
function readQuestion(): bool {
  if (!goTo(behind.quote(line.at))) return false;
  const type = line.at;
  line.at = wordEnd(type);
  if (!isType(type, <u32>(line.at - type))) return false;
  query.type = meaning.value;
  if (!goTo(behind.internet(line.at))) return false;
  query.nameAt = line.at;
  line.at = runEnd(line.at, BACKSLASH);
  query.nameLength = <u32>(line.at - query.nameAt);
  if (query.nameLength == 0 || query.nameLength > LONGEST_NAME) return false;
  return readProtocol() && readSizes() && goTo(behind.unquote(line.at));
}

function readProtocol(): bool {
  const isTcp = behind.tcp(line.at) != 0;
  query.protocol = isTcp ? TCP : UDP;
  return isTcp ? goTo(behind.tcp(line.at)) : goTo(behind.udp(line.at));
}

function readSizes(): bool {
  if (!readNumber()) return false;
  query.requestBytes = number.value;
  const isSet = behind.dnssec_ok(line.at) != 0;
  query.dnssecOk = u32(isSet);
  if (!goTo(isSet ? behind.dnssec_ok(line.at) : behind.no_dnssec(line.at)) || !readNumber()) return false;
  query.ednsSize = number.value;
  return true;
}

/** `RCODE FLAGS RSIZE `; without flags two blanks, or a dash, stand in their place. */
function readReply(): bool {
  const rcode = line.at;
  line.at = wordEnd(rcode);
  if (!isRcode(rcode, <u32>(line.at - rcode)) || !goTo(behind.blank(line.at))) return false;
  query.rcode = meaning.value;
  query.flagsAt = line.at;
  line.at = wordEnd(line.at);
  query.flagsLength = <u32>(line.at - query.flagsAt);
  if (!areFlags() || !goTo(behind.blank(line.at)) || !readNumber()) return false;
  query.responseBytes = number.value;
  return goTo(behind.blank(line.at));
}

/** Whether flags were read, or what stands for none: builds of 2017 have the size here. */
function areFlags(): bool {
  const first = <u32>load<u8>(query.flagsAt);
  return query.flagsLength <= MOST_FLAGS && (first < DIGIT_ZERO || first > DIGIT_NINE);
}

/** ` "OPCODE"`, or nothing. */
function readOpcode(): bool {
  query.opcode = -1;
  if (behind.quote(line.at) == 0) return true;
  goTo(behind.quote(line.at));
  if (!readNumber() || number.value > MOST_OPCODE) return false;
  query.opcode = number.value;
  return goTo(behind.end_quote(line.at));
}

import { keyOf } from '../hash';
import { duration } from './duration';
import { log_queries } from './generated/layout';
import { isClient, isName, isText, meaning } from './meaning';
import { query } from './query';
import { time } from './time';
import { stream } from './wrapper';

const DASH: u32 = 45;

/**
 * Writes the line that was read as a row. False if TypeScript is to read it: then nothing was asked for that it would not ask for
 * too. So the address comes first, which may be none; of the rest TypeScript takes all.
 */
export function writeRow(row: u32, number: u32): bool {
  if (!isClient(query.clientAt, query.clientLength)) return false;
  const clientId = meaning.value;
  const clientHash = meaning.hash;
  if (!isName(query.nameAt, query.nameLength)) return false;
  const nameId = meaning.value;
  const nameHash = meaning.hash;
  if (!readText(stream.at, stream.length)) return false;
  const streamId = meaning.value;
  if (!readText(query.flagsAt, flagsLength())) return false;
  const flagsId = meaning.value;
  log_queries.line(row, number);
  log_queries.stream_id(row, streamId);
  log_queries.time(row, time.nanos);
  if (!time.isTold) log_queries.no_time(row);
  log_queries.client_id(row, clientId);
  log_queries.client_port(row, <u16>query.port);
  log_queries.key(row, keyOf(nameHash, clientHash, query.port, query.txid, query.type, query.protocol));
  log_queries.txid(row, <u16>query.txid);
  log_queries.qname_id(row, nameId);
  log_queries.qtype(row, <u16>query.type);
  log_queries.qclass(row, <u16>INTERNET);
  log_queries.protocol(row, <u8>query.protocol);
  log_queries.request_bytes(row, query.requestBytes);
  log_queries.dnssec_ok(row, <u8>query.dnssecOk);
  log_queries.edns_size(row, query.ednsSize);
  log_queries.opcode(row, <u8>query.opcode);
  if (query.opcode < 0) log_queries.no_opcode(row);
  log_queries.rcode(row, <u16>query.rcode);
  log_queries.flags_id(row, flagsId);
  log_queries.response_bytes(row, query.responseBytes);
  log_queries.duration_seconds(row, duration.seconds);
  return true;
}

/** The class IN. */
const INTERNET: u32 = 1;

/** A dash stands for no flags. */
function flagsLength(): u32 {
  return load<u8>(query.flagsAt) == DASH ? 0 : query.flagsLength;
}

/** The id of a text, 0 of none. */
function readText(at: usize, length: u32): bool {
  if (length > 0) return isText(at, length);
  meaning.value = 0;
  return true;
}

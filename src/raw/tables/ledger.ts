import { column, optional, table } from '../column.js';

/** Parts of a message that some kinds of evidence never tell: what stands in their columns is no value. */
export type MessagePart = 'txid';

export const sources = table('sources', 'One row per input that was read.', {
  source_id: column('UINTEGER', 'number of the input in this database, from 1'),
  path: column('VARCHAR', 'path as it was given', 'path'),
  kind: column('VARCHAR', 'kind of evidence', 'own-words'),
  is_capture: column(
    'BOOLEAN',
    'it holds all packets that went by where it was made: what is missing in it did not go by there',
  ),
  lacks: optional(
    'VARCHAR',
    'parts of a message that its kind never tells (txid), with commas; null where it tells all',
    'own-words',
  ),
  label: optional(
    'VARCHAR',
    'node or pod that it was collected on, as named by --label or by the path',
    'name',
  ),
  sha256: column('VARCHAR', 'hash of the bytes as stored, before decompression', 'digest'),
  bytes: column('BIGINT', 'size as stored'),
  content_sha256: column(
    'VARCHAR',
    'hash of the bytes after decompression; by it and by sha256 an input is known again',
    'digest',
  ),
  content_bytes: column('BIGINT', 'size after decompression'),
  rotation_set: column('VARCHAR', 'path without what tells the files of one rotated set apart', 'path'),
  rotation_place: column('BIGINT', 'place in that set, the oldest first; 0 for a file by itself'),
  first_time: optional('TIMESTAMP_NS', 'earliest instant in it, UTC; null where it has no times'),
  last_time: optional('TIMESTAMP_NS', 'latest instant in it, UTC'),
  time_base: optional(
    'VARCHAR',
    'what its times are: date; local (dates of a zone that is not told, taken as UTC); day (times of an unknown day, placed on 1970-01-01 and the days after); order (no times: rows are placed by their order, a microsecond apart, and no duration is known); null where it has no times',
    'own-words',
  ),
  clock_ahead_seconds: optional(
    'DOUBLE',
    'by how much the clock that its times are of was ahead, as `dnslens collect` measured; they are set back by that; null where that was not measured, or less than the measurement can tell',
  ),
  rows: column('BIGINT', 'rows of evidence that it gave'),
  problems: column('BIGINT', 'things in it that could not be read'),
  complete: column('BOOLEAN', 'read to its end, and its end is where it should be'),
  why_incomplete: optional('VARCHAR', 'where and why it stops, if it is not complete', 'sentence'),
  ingested_at: column('TIMESTAMP_NS', 'when it was read'),
  replaced: optional(
    'VARCHAR',
    'earlier readings whose place it took: number, path, bytes and hash of each',
    'line',
  ),
});

export const problems = table(
  'problems',
  'One row per thing that could not be read, per source and wording.',
  {
    source_id: column('UINTEGER', 'the input'),
    position: column('VARCHAR', 'frame, line or byte of the first one', 'sentence'),
    code: column('VARCHAR', 'kind of problem, see docs/problems.md', 'own-words'),
    detail: column('VARCHAR', "what is wrong and what was kept, in dnslens's words only", 'sentence'),
    example: optional(
      'VARCHAR',
      'the first such text as the evidence has it; null where none is shown',
      'example',
    ),
    count: column('BIGINT', 'how often'),
  },
);

export const names = table(
  'names',
  'One row per domain name and run: the dictionary of *.name_id columns.',
  {
    name_id: column('UINTEGER', 'id'),
    name: column('VARCHAR', 'presentation form, lower case, no trailing dot (RFC 1035, RFC 4343)', 'name'),
  },
  null,
);

export const addresses = table(
  'addresses',
  'One row per endpoint (an IP address, or a name in its place) and run: the dictionary of address ids.',
  {
    address_id: column('UINTEGER', 'id'),
    address: column(
      'VARCHAR',
      'text form (RFC 5952); IPv4-mapped IPv6 as IPv4; of an endpoint that was printed by name its name',
      'address',
    ),
  },
  null,
);

export const texts = table(
  'texts',
  'One row per repeated text and run: the dictionary of all other text ids.',
  {
    text_id: column('UINTEGER', 'id'),
    text: column('VARCHAR', 'the text', 'dictionary'),
  },
  null,
);

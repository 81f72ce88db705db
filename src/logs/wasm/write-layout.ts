// A step of building: writes for AssemblyScript what is declared here:
//   node dist/logs/wasm/write-layout.js FILE
import { BATCH_ROWS } from '../../raw/batch.js';
import { PROTOCOL } from '../../raw/tables/wire.js';
import { constants, namespace, writeLayout } from '../../raw/wasm/layout-text.js';
import { LONGEST_TEXT } from '../lines/name-text.js';
import { CACHES, KINDS, LITERALS, MAP, STAMP, WRITTEN } from './memory-map.js';

writeLayout(process.argv[2]!, {
  numbers: {
    BATCH_ROWS,
    LONGEST_NAME: LONGEST_TEXT,
    UDP: PROTOCOL.udp,
    TCP: PROTOCOL.tcp,
    RFC3339: STAMP.rfc3339,
    CRI: STAMP.cri,
  },
  map: MAP,
  caches: CACHES,
  tables: WRITTEN,
  others: [
    constants(
      'kind',
      KINDS.map((kind, i) => [kind, i]),
    ),
    namespace(
      'behind',
      Object.entries(LITERALS).map(([name, text]) => behind(name, text)),
    ),
  ],
});

/** A function that says where it goes on behind a literal, if that is at `at`, or 0. */
function behind(name: string, text: string): string {
  const octets = Buffer.from(text);
  const words: string[] = [];
  for (let i = 0; i < octets.length; i += 8) {
    const some = octets.subarray(i, i + 8);
    const value = some.reduceRight((sum, octet) => (sum << 8n) | BigInt(octet), 0n);
    const mask = (1n << BigInt(8 * some.length)) - 1n;
    words.push(`(load<u64>(at, ${i}) & 0x${mask.toString(16)}) == 0x${value.toString(16)}`);
  }
  return `/** \`${text}\` */ export function ${name}(at: usize): usize { return ${words.join(' && ')} ? at + ${octets.length} : 0; }`;
}

import type { Sink } from '../../raw/sink.js';
import { corefiles } from '../../raw/tables/cluster.js';
import { type Corefile, parseCorefile, parseFragment, type ServerBlock } from './parser.js';
import { parseServerKey } from './server-address.js';

/** The text of a Corefile and where it stands. */
export interface CorefileText {
  text: string;
  /** The file, or `namespace/configmap` with `:key` where the key is not `Corefile`. */
  origin: string;
  /** Line of the input that its first line is, from 1. */
  line: number;
}

/** Bytes of a Corefile that are read: what a ConfigMap can hold. */
const MAX_COREFILE = 1 << 20;

/** Characters of rows for each character of a Corefile: keys and imports multiply, and real ones give some ten. */
const MAX_GROWTH = 64;
const LEAST_ROOM = 65536;
/** What a row takes beside its texts. */
const ROW = 64;

/** Writes a Corefile's plugin lines; a block without any gives one row with an empty plugin. Returns the blocks. */
export function writeCorefile(sink: Sink, { text, origin, line }: CorefileText): number {
  if (text.length > MAX_COREFILE) {
    const detail = 'A Corefile is larger than a ConfigMap can be; its first MiB was read.';
    sink.problem({ code: 'corefile-too-long', detail, position: `line ${line}` });
  }
  const bounded = text.slice(0, MAX_COREFILE);
  const corefile = origin.endsWith('.override') ? parseFragment(bounded) : parseCorefile(bounded);
  report(sink, corefile, line);
  let room = LEAST_ROOM + MAX_GROWTH * bounded.length;
  corefile.blocks.forEach((block, index) => {
    for (const { port, zones } of listeners(sink, block, line)) {
      room = writeBlock(sink, block, { origin, index, port, zones: JSON.stringify(zones) }, room);
    }
  });
  if (room <= 0) {
    const detail =
      'A Corefile has too many keys for its plugin lines to be kept with each; the last ones were left out.';
    sink.problem({ code: 'corefile-too-long', detail, position: `line ${line}` });
  }
  return corefile.blocks.length;
}

function report(sink: Sink, corefile: Corefile, line: number): void {
  for (const fault of corefile.faults) {
    sink.problem({ code: fault.code, detail: fault.detail, position: `line ${line + fault.line - 1}` });
    if (fault.code === 'corefile-cut')
      sink.incomplete(`the Corefile ends inside the block of line ${line + fault.line - 1}`);
  }
}

/** The zones of a block by the port that they are served on. */
function listeners(sink: Sink, block: ServerBlock, line: number): { port: number; zones: string[] }[] {
  const byPort = new Map<number, string[]>();
  for (const key of block.keys) {
    const address = parseServerKey(key);
    if (address) {
      const zones = byPort.get(address.port) ?? [];
      byPort.set(address.port, zones);
      zones.push(...address.zones);
    } else {
      const detail = 'A server block of a Corefile has a port over 65535; that key was left out.';
      sink.problem({ code: 'corefile-port', detail, position: `line ${line + block.line - 1}` });
    }
  }
  if (block.keys.length === 0) return [{ port: 53, zones: [] }];
  return [...byPort].map(([port, zones]) => ({ port, zones }));
}

/** Writes a block's rows as far as there is room for them; returns what is left of it. */
function writeBlock(
  sink: Sink,
  block: ServerBlock,
  at: { origin: string; index: number; port: number; zones: string },
  room: number,
): number {
  const batch = sink.batch(corefiles);
  const plugins =
    block.plugins.length > 0 ? block.plugins : [{ line: block.line, name: '', args: [], options: [] }];
  let left = room;
  for (const plugin of plugins) {
    const args = JSON.stringify(plugin.args);
    const options = JSON.stringify(plugin.options);
    left -= ROW + at.origin.length + at.zones.length + args.length + options.length;
    if (left <= 0) break;
    const { data, row } = batch;
    data.source_id[row] = sink.sourceId;
    data.line[row] = plugin.line;
    data.origin[row] = at.origin;
    data.block[row] = at.index;
    data.zones[row] = at.zones;
    data.port[row] = at.port;
    data.plugin[row] = plugin.name;
    data.arguments[row] = args;
    data.options[row] = options;
    batch.end();
  }
  return left;
}

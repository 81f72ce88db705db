import type { Sink } from '../../store/sink.js';
import { corefiles } from '../../store/tables/cluster.js';
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

/** Writes a Corefile's plugin lines; a block without any gives one row with an empty plugin. Returns the blocks. */
export function writeCorefile(sink: Sink, { text, origin, line }: CorefileText): number {
  if (text.length > MAX_COREFILE) {
    const detail = 'A Corefile is larger than a ConfigMap can be; its first MiB was read.';
    sink.problem({ code: 'corefile-too-long', detail, position: `line ${line}` });
  }
  const bounded = text.slice(0, MAX_COREFILE);
  const corefile = origin.endsWith('.override') ? parseFragment(bounded) : parseCorefile(bounded);
  report(sink, corefile, line);
  corefile.blocks.forEach((block, index) => {
    for (const { port, zones } of listeners(sink, block, line)) {
      writeBlock(sink, block, { origin, index, port, zones: JSON.stringify(zones) });
    }
  });
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
    if (address) byPort.set(address.port, [...(byPort.get(address.port) ?? []), ...address.zones]);
    else {
      const detail = 'A server block of a Corefile has a port over 65535; that key was left out.';
      sink.problem({ code: 'corefile-port', detail, position: `line ${line + block.line - 1}` });
    }
  }
  if (block.keys.length === 0) return [{ port: 53, zones: [] }];
  return [...byPort].map(([port, zones]) => ({ port, zones }));
}

function writeBlock(
  sink: Sink,
  block: ServerBlock,
  at: { origin: string; index: number; port: number; zones: string },
): void {
  const batch = sink.batch(corefiles);
  const plugins =
    block.plugins.length > 0 ? block.plugins : [{ line: block.line, name: '', args: [], options: [] }];
  for (const plugin of plugins) {
    const { data, row } = batch;
    data.source_id[row] = sink.sourceId;
    data.line[row] = plugin.line;
    data.origin[row] = at.origin;
    data.block[row] = at.index;
    data.zones[row] = at.zones;
    data.port[row] = at.port;
    data.plugin[row] = plugin.name;
    data.arguments[row] = JSON.stringify(plugin.args);
    data.options[row] = JSON.stringify(plugin.options);
    batch.end();
  }
}

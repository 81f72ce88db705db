import type { Input } from '../../input/input.js';
import { withoutToolLines } from '../../input/tool-line.js';

/** Reads at most `limit` bytes of an input as text; says whether there were more. */
export async function readText(input: Input, limit: number): Promise<{ text: string; cut: boolean }> {
  const parts: Uint8Array[] = [];
  let size = 0;
  let cut = false;
  for await (const chunk of input.chunks) {
    const room = limit - size;
    if (chunk.length > room) cut = true;
    if (room > 0) parts.push(chunk.slice(0, room));
    size += Math.min(room, chunk.length);
  }
  return { text: withoutToolLines(new TextDecoder().decode(Buffer.concat(parts))), cut };
}

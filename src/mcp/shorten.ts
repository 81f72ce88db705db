/** How much is told at once. */
interface Room {
  /** Elements of an array. */
  elements: number;
  /** Characters of one text. */
  text: number;
  /** Characters of the whole answer. */
  whole: number;
}

const BRIEF: Room = { elements: 64, text: 600, whole: 8_000 };
const FULL: Room = { elements: 2000, text: 20_000, whole: 100_000 };

/**
 * A value as JSON that fits: of arrays the first elements and `{"more": N}`, of long texts their beginning. Where that is
 * still too long, fewer. `cut` says whether anything was left out.
 */
export function shorten(value: unknown, full: boolean): { text: string; cut: boolean } {
  const room = full ? FULL : BRIEF;
  for (let elements = room.elements; ; elements >>= 1) {
    let cut = false;
    const text = JSON.stringify(value, (_, part: unknown) => {
      if (typeof part === 'string' && part.length > room.text) {
        cut = true;
        return `${part.slice(0, room.text)}... (${part.length - room.text} characters more)`;
      }
      if (Array.isArray(part) && part.length > elements) {
        cut = true;
        return [...(part as unknown[]).slice(0, elements), { more: part.length - elements }];
      }
      return part;
    });
    if (text.length <= room.whole) return { text, cut };
    if (elements === 0) return { text: text.slice(0, room.whole), cut: true };
  }
}

import { distance } from 'fastest-levenshtein';

/** The word in `known` that `word` was probably meant to be, or null where none is near. */
export function nearest(word: string, known: Iterable<string>): string | null {
  let best: string | null = null;
  let fewest = (word.length < 4 ? 1 : Math.max(2, Math.floor(word.length / 3))) + 1;
  for (const candidate of known) {
    const edits = editsOf(word.toLowerCase(), candidate.toLowerCase());
    if (edits < fewest) [best, fewest] = [candidate, edits];
  }
  return best;
}

/** How many letters to change, add or take away; two neighbours that changed places are one mistake. */
function editsOf(word: string, candidate: string): number {
  const first = [...word].findIndex((letter, i) => letter !== candidate[i]);
  const swapped = word.slice(0, first) + word[first + 1] + word[first] + word.slice(first + 2);
  return first !== -1 && swapped === candidate ? 1 : distance(word, candidate);
}

/** The end of an error's sentence: `; did you mean "x"?`, or nothing. */
export function didYouMean(word: string, known: Iterable<string>): string {
  const candidate = nearest(word, known);
  return candidate === null ? '' : `; did you mean "${candidate}"?`;
}

/**
 * The keys that are drawn, in the order they first come: all, or where there are more than `limit` those whose
 * values sum highest. What is left out is noted.
 */
export function mostOf<T extends { y: number | null }>(
  items: readonly T[],
  key: (item: T) => string,
  limit: number,
  what: string,
  notes: string[],
): Set<string> {
  const totals = new Map<string, number>();
  for (const item of items) totals.set(key(item), (totals.get(key(item)) ?? 0) + Math.abs(item.y ?? 0));
  if (totals.size <= limit) return new Set(totals.keys());
  const left = totals.size - limit;
  notes.push(`${left} more ${what}${left > 1 ? 's are' : ' is'} in the table only.`);
  const chosen = new Set(
    [...totals]
      .toSorted(([, a], [, b]) => b - a)
      .slice(0, limit)
      .map(([name]) => name),
  );
  return new Set([...totals.keys()].filter((name) => chosen.has(name)));
}

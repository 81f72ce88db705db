// Whether two engines gave the same rows.

/** Doubles may differ so much, relatively: sums of the same numbers in another order do. */
export const EPSILON = 1e-9;

/** Everything of a result; `seconds` until its last row. */
export async function readAll(engine, query, options) {
  const started = performance.now();
  const result = await engine.run(query, options);
  const rows = [];
  for await (const chunk of result.rows) rows.push(...chunk);
  const { columns, missing } = result;
  return {
    columns: columns.map(({ name, type }) => `${name} ${type}`),
    rows,
    missing,
    seconds: (performance.now() - started) / 1000,
  };
}

/** How two results differ, as sentences; none where they are the same. */
export function differences(expected, given) {
  if (expected.missing.join() !== given.missing.join())
    return [`missing ${expected.missing} against ${given.missing}`];
  if (expected.columns.join() !== given.columns.join()) {
    return [`columns ${expected.columns.join(', ')} against ${given.columns.join(', ')}`];
  }
  if (expected.rows.length !== given.rows.length)
    return [`${expected.rows.length} rows against ${given.rows.length}`];
  return expected.rows.flatMap((row, i) =>
    row.flatMap((value, j) =>
      alike(value, given.rows[i][j])
        ? []
        : [
            `row ${i + 1}, ${expected.columns[j]}: ${JSON.stringify(value)} against ${JSON.stringify(given.rows[i][j])}`,
          ],
    ),
  );
}

function alike(a, b) {
  if (typeof a === 'number' && typeof b === 'number')
    return Math.abs(a - b) <= EPSILON * Math.max(1, Math.abs(a), Math.abs(b));
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((value, i) => alike(value, b[i]));
  return JSON.stringify(a) === JSON.stringify(b);
}

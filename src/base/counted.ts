/** A number with commas between thousands. */
export function grouped(value: number, decimals = 0): string {
  const [whole = '', fraction] = value.toFixed(decimals).split('.');
  const separated = whole.replace(/\B(?=(?:\d{3}){1,110}$)/g, ',');
  return fraction === undefined ? separated : `${separated}.${fraction}`;
}

/** `1 lookup`, `2 lookups`. */
export function counted(count: number, singular: string, plural = `${singular}s`): string {
  return `${grouped(count)} ${count === 1 ? singular : plural}`;
}

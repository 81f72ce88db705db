/**
 * Colours of charts. Every colour is a custom property with the light page's value as its fallback, so that a
 * picture follows the page that holds it and can still be opened alone. Text and lines take the text's colour.
 */
const PALETTE: readonly { light: string; dark: string }[] = [
  { light: '#0b62a4', dark: '#6cb2f0' },
  { light: '#b34700', dark: '#ff9e5e' },
  { light: '#00755e', dark: '#4cc9a4' },
  { light: '#8a3c8f', dark: '#d99ae0' },
  { light: '#7a5c00', dark: '#e0c04c' },
  { light: '#56606b', dark: '#b4bdc7' },
];

/** Colours of series, in order; each is told apart by a dash or shape as well. */
export const SERIES_COLORS = PALETTE.map(({ light }, i) => `var(--chart-${i + 1}, ${light})`);
export const SERIES_DASHES = [null, '6 3', '2 2', '8 2 2 2', '12 4', '4 6'];

/** What was lost or waited for. */
export const BAD = 'var(--bad, #a3200d)';

const properties = (theme: 'light' | 'dark'): string =>
  PALETTE.map((color, i) => `--chart-${i + 1}: ${color[theme]};`).join(' ');

/** What a page's style sheet needs for charts: their colours by theme, and their size in its box. */
export const CHART_STYLE = `
:root { ${properties('light')} }
.chart { display: block; max-width: 100%; height: auto; font: 12px system-ui, sans-serif; }
@media screen and (prefers-color-scheme: dark) { :root { ${properties('dark')} } }
`;

/** A small shape around a point, by the number of its series, so that series are told apart without colours. */
export function shapeAt(series: number, x: number, y: number, size: number): string {
  const [left, right, top, bottom] = [x - size, x + size, y - size, y + size].map(
    (value) => Math.round(value * 10) / 10,
  );
  const forms = [
    `M${left},${y}a${size},${size} 0 1,0 ${2 * size},0a${size},${size} 0 1,0 ${-2 * size},0Z`,
    `M${left},${top}H${right}V${bottom}H${left}Z`,
    `M${x},${top}L${right},${bottom}H${left}Z`,
    `M${x},${top}L${right},${y}L${x},${bottom}L${left},${y}Z`,
    `M${left},${top}H${right}L${x},${bottom}Z`,
  ];
  return forms[series % forms.length]!;
}

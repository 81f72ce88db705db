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
export const SERIES_DASHES = [
  [1, 0],
  [6, 3],
  [2, 2],
  [8, 2, 2, 2],
  [12, 4],
  [4, 6],
];
export const SERIES_SHAPES = ['circle', 'square', 'triangle-up', 'diamond', 'cross', 'triangle-down'];

/** Text, axes, rules. */
export const INK = 'currentColor';

const properties = (theme: 'light' | 'dark'): string =>
  PALETTE.map((color, i) => `--chart-${i + 1}: ${color[theme]};`).join(' ');

/** What a page's style sheet needs for charts: their colours by theme, and their size in its box. */
export const CHART_STYLE = `
.chart { ${properties('light')} display: block; max-width: 100%; height: auto; font: 12px system-ui, sans-serif; }
@media screen and (prefers-color-scheme: dark) { .chart { ${properties('dark')} } }
`;

/** Vega-Lite's config of every chart. */
export const CONFIG = {
  background: null,
  font: 'system-ui, sans-serif',
  view: { stroke: null },
  title: { anchor: 'start', frame: 'bounds', fontSize: 12, fontWeight: 600, color: INK, offset: 6 },
  axis: {
    labelColor: INK,
    titleColor: INK,
    labelFontSize: 12,
    titleFontSize: 12,
    titleFontWeight: 'normal',
    labelOpacity: 0.85,
    domainColor: INK,
    domainOpacity: 0.5,
    tickColor: INK,
    tickOpacity: 0.5,
    gridColor: INK,
    gridOpacity: 0.14,
    labelLimit: 0,
    titleLimit: 0,
  },
  legend: {
    orient: 'top',
    direction: 'horizontal',
    title: null,
    labelColor: INK,
    labelFontSize: 12,
    labelLimit: 0,
    symbolStrokeWidth: 2,
    symbolSize: 80,
  },
  line: { strokeWidth: 2, invalid: 'break-paths-show-domains' },
} as const;

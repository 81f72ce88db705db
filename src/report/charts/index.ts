import { drawCategories } from './categories.js';
import { categoriesOf } from './category-data.js';
import { MOST, type PictureOptions, type Table } from './picture.js';
import { drawPlot } from './plot.js';
import type { Markup } from '../markup.js';
import { plotOf } from './plot-data.js';

export { type Band, type PictureOptions, type Table, WIDTHS } from './picture.js';
export { CHART_STYLE } from './theme.js';

/**
 * Draws a query's rows as its `chart` says: SVG to be put into a page, which needs CHART_STYLE in
 * its style sheet. Null where there is nothing to draw: no rows, or no value in them.
 */
export function drawChart(table: Table, options: PictureOptions): Markup | null {
  const type = table.columns.find(({ name }) => name === table.chart.x)?.type;
  if (type !== 'number' && type !== 'time') {
    const categories = categoriesOf(table);
    return categories && drawCategories(categories, table, noting(options, categories.notes));
  }
  const plot = plotOf(table, MOST.points);
  return plot && drawPlot(plot, table, noting(options, plot.notes));
}

function noting(options: PictureOptions, notes: readonly string[]): PictureOptions {
  return { ...options, description: [options.description, ...notes].join(' ') };
}

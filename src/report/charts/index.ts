import { plotOf } from './plot-data.js';
import { plotSpec } from './plot-spec.js';
import { MOST, type PictureOptions, type Table } from './picture.js';
import { renderSpec } from './render.js';
import { pageSvg } from './svg.js';
import { categoriesOf } from './category-data.js';
import { categorySpec } from './category-spec.js';

export { type PictureOptions, type Table, WIDTHS } from './picture.js';
export { CHART_STYLE } from './theme.js';

/**
 * Draws a query's rows as its `chart` says: SVG text to be put into a page as it is, which needs CHART_STYLE in
 * its style sheet. Null where there is nothing to draw: no rows, or no value in them.
 */
export async function drawChart(table: Table, options: PictureOptions): Promise<string | null> {
  const type = table.columns.find(({ name }) => name === table.chart.x)?.type;
  if (type !== 'number' && type !== 'time') {
    const categories = categoriesOf(table);
    return categories && draw(categorySpec(categories, table, options.width), categories.notes, options);
  }
  const plot = plotOf(table, MOST.points);
  return plot && draw(plotSpec(plot, table, options.width), plot.notes, options);
}

async function draw(
  spec: Parameters<typeof renderSpec>[0],
  notes: readonly string[],
  { title, description, width }: PictureOptions,
): Promise<string> {
  return pageSvg(await renderSpec(spec), { title, description: [description, ...notes].join(' ') }, width);
}

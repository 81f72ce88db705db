import type { TopLevelSpec } from 'vega-lite';
import { textWidth } from './text-width.js';

/** A Vega-Lite specification with its data inside. */
export type Spec = Record<string, unknown>;

/** Draws a specification as SVG text, as Vega writes it. Vega is loaded when the first chart is drawn. */
export async function renderSpec(spec: Spec): Promise<string> {
  const [vega, { compile }] = await Promise.all([import('vega'), import('vega-lite')]);
  (vega as unknown as WithMetrics).textMetrics.width = ({ fontSize = 11 }, text) => textWidth(text, fontSize);
  const logger = vega.logger(vega.None);
  const compiled = compile(spec as unknown as TopLevelSpec, { logger });
  const view = new vega.View(vega.parse(compiled.spec), { renderer: 'none', logger, loader: NO_LOADER });
  try {
    return await view.toSVG();
  } finally {
    view.finalize();
  }
}

/** What vega-scenegraph exports through vega, and vega's types leave out. */
interface WithMetrics {
  textMetrics: { width: (item: { fontSize?: number }, text: string) => number };
}

/** Charts hold their data: nothing is ever read from a file or the network. */
const NO_LOADER = {
  options: {},
  load: refuse,
  sanitize: refuse,
  http: refuse,
  file: refuse,
};

function refuse(): Promise<never> {
  return Promise.reject(new Error('a chart loads nothing'));
}

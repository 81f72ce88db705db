import type { Query } from '../../packs/query.js';
import { lines, type Markup, markup } from '../markup.js';
import { oneLine } from '../text-layout.js';

/** How rows came to be: the query, the values of its parameters, its columns, its SQL. */
export function originOf(query: Query, params: Readonly<Record<string, string | null>>): Markup {
  const given = Object.keys(query.params).map((name) => `${name} = ${params[name] ?? 'not given'}`);
  const used = given.length > 0 ? `, with ${given.join(', ')}` : '';
  const columns = Object.entries(query.columns).map(
    ([name, about]) => markup`<dt><code>${name}</code></dt><dd>${oneLine(about)}</dd>`,
  );
  return markup`<details class="origin">
<summary>How this was counted: <code>${query.id}</code></summary>
<p>The columns of the query <code>${query.id}</code>${used}:</p>
<dl class="columns">${columns}</dl>
<pre><code>${lines(query.sql.trim().split(/\r?\n/))}</code></pre>
</details>
`;
}

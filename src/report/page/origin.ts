import type { Query } from '../../packs/query.js';
import { html as escaped } from '../escape.js';
import { oneLine } from '../text.js';

/** How rows came to be: the query, the values of its parameters, its columns, its SQL. */
export function originOf(query: Query, params: Readonly<Record<string, string | null>>): string {
  const given = Object.keys(query.params).map((name) => `${name} = ${params[name] ?? 'not given'}`);
  const used = given.length > 0 ? `, with ${escaped(given.join(', '))}` : '';
  const columns = Object.entries(query.columns).map(
    ([name, about]) => `<dt><code>${escaped(name)}</code></dt><dd>${escaped(oneLine(about))}</dd>`,
  );
  return `<details class="origin">
<summary>How this was counted: <code>${escaped(query.id)}</code></summary>
<p>The columns of the query <code>${escaped(query.id)}</code>${used}:</p>
<dl class="columns">${columns.join('')}</dl>
<pre><code>${sqlHtml(query.sql)}</code></pre>
</details>
`;
}

/** SQL line by line: only its line ends are not text to be shown. */
function sqlHtml(sql: string): string {
  return sql.trim().split(/\r?\n/).map(escaped).join('\n');
}

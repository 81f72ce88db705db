// Makes every table of the page sortable, filterable and downloadable. The page is whole without it.
'use strict';

for (const data of document.querySelectorAll('.data')) {
  const table = data.querySelector('table');
  const heads = [...table.tHead.rows[0].cells];
  const rows = [...table.tBodies[0].rows];
  const { file, head, lines, keys } = JSON.parse(data.querySelector('script').textContent);
  const texts = rows.map((row) => row.textContent.toLowerCase());
  const order = rows.map((_, i) => i);

  const count = element('output', {});
  const filter = element('input', { type: 'search', autocomplete: 'off', spellcheck: false });
  const label = element('label', { textContent: 'Filter' });
  const download = element('button', { type: 'button', textContent: 'Download as CSV' });
  const tools = element('div', { className: 'tools' });
  label.append(filter);
  tools.append(label, count, download);
  data.prepend(tools);
  showCount();

  filter.addEventListener('input', () => {
    const words = filter.value.toLowerCase().split(/\s+/);
    rows.forEach((row, i) => (row.hidden = !words.every((word) => texts[i].includes(word))));
    showCount();
  });
  download.addEventListener('click', () => {
    const shown = order.filter((i) => !rows[i].hidden).map((i) => lines[i]);
    save(file, [head, ...shown, ''].join('\n'));
  });
  heads.forEach((cell, column) => {
    const button = element('button', { type: 'button' });
    button.append(...cell.childNodes);
    cell.append(button);
    button.addEventListener('click', () => sort(cell, column));
  });

  function sort(cell, column) {
    // numbers and times are most telling from the highest on
    const [first, other] = keys[column] ? ['descending', 'ascending'] : ['ascending', 'descending'];
    const direction = cell.getAttribute('aria-sort') === first ? other : first;
    for (const one of heads) one.removeAttribute('aria-sort');
    cell.setAttribute('aria-sort', direction);
    const values = keys[column] ?? rows.map((row) => row.cells[column].textContent);
    const sign = direction === 'ascending' ? 1 : -1;
    order.sort((a, b) => compare(values[a], values[b], sign) || a - b);
    table.tBodies[0].append(...order.map((i) => rows[i]));
  }

  function showCount() {
    const shown = rows.filter((row) => !row.hidden).length;
    const all = `${rows.length.toLocaleString('en')} ${rows.length === 1 ? 'row' : 'rows'}`;
    count.textContent = shown === rows.length ? all : `${shown.toLocaleString('en')} of ${all}`;
  }
}

/** What is not known comes last, whichever way a column is sorted. */
function compare(a, b, sign) {
  const unknown = (value) => value === null || value === '';
  if (unknown(a) || unknown(b)) return Number(unknown(a)) - Number(unknown(b));
  if (typeof a === 'number' && typeof b === 'number') return sign * (a - b);
  return sign * String(a).localeCompare(String(b), 'en', { numeric: true });
}

function save(file, text) {
  const link = element('a', {
    download: file,
    href: URL.createObjectURL(new Blob([text], { type: 'text/csv' })),
  });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

function element(name, properties) {
  return Object.assign(document.createElement(name), properties);
}

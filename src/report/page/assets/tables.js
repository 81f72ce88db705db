// Makes every table of the page sortable, filterable and downloadable, and lets it follow the selection.
for (const data of document.querySelectorAll('.data')) {
  const table = data.querySelector('table');
  const heads = [...table.tHead.rows[0].cells];
  const rows = [...table.tBodies[0].rows];
  const { file, head, lines, keys, spans, who } = JSON.parse(data.querySelector('script').textContent);
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

  filter.addEventListener('input', keepRows);
  document.addEventListener('selection', keepRows);
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

  function keepRows() {
    const words = filter.value.toLowerCase().split(/\s+/);
    rows.forEach(
      (row, i) => (row.hidden = !(words.every((word) => texts[i].includes(word)) && isSelected(i))),
    );
    showCount();
  }

  /** Whether a row is of the selected workload, and reaches into the selected time; what tells neither is kept. */
  function isSelected(i) {
    if (selection.who !== null && who && who[i] !== selection.who) return false;
    if (selection.from === null || !spans || spans[i] === null) return true;
    return spans[i][0] <= selection.to && spans[i][1] >= selection.from;
  }

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
    const whole = [
      ...(selection.who !== null && !who ? ['of all workloads'] : []),
      ...(selection.from !== null && !spans ? ['of the whole time'] : []),
    ];
    const words = shown === rows.length ? all : `${shown.toLocaleString('en')} of ${all}`;
    count.textContent = [words, ...whole].join(', ');
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

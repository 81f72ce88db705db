// The time line as a plot to look closer at: dragging selects a time, in all panels and for all tables.
/** Steps of the axis of time, in seconds. */
const SECONDS = [
  1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10800, 21600, 43200, 86400, 604800,
];
const timeLineData = document.getElementById('time-line-data');
if (timeLineData) drawTimeLine(JSON.parse(timeLineData.textContent), document.querySelector('.time-line'));

function drawTimeLine({ from, to, panels, bands }, figure) {
  const live = element('div', { className: 'live' });
  const form = timeForm();
  figure.before(form.element, live);
  figure.classList.add('still');
  const plots = panels.map((panel, i) => draw(panel, i));
  let zooming = false;

  document.addEventListener('selection', () => {
    const range =
      selection.from === null
        ? { min: from, max: to }
        : { min: selection.from / 1000, max: selection.to / 1000 };
    zooming = true;
    for (const plot of plots) plot.setScale('x', range);
    zooming = false;
    form.show();
  });
  new ResizeObserver(resize).observe(live);
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () =>
    plots.forEach((plot) => plot.redraw()),
  );

  function draw(panel, i) {
    const last = i === panels.length - 1;
    const title = element('div', { className: 'panel-title', textContent: panel.title });
    const value = element('output', {});
    title.append(value);
    const box = element('div', { className: 'panel', role: 'img', ariaLabel: panel.title });
    live.append(title, box);
    const color = () => css(panel.color);
    const axis = {
      stroke: () => css('--ink'),
      grid: { stroke: () => css('--line'), width: 1 },
      font: '12px system-ui, sans-serif',
    };
    return new uPlot(
      {
        width: width(),
        height: last ? 108 : 84,
        padding: [6, 34, last ? 0 : 4, 0],
        legend: { show: false },
        cursor: {
          sync: { key: 'time-line' },
          drag: { x: true, y: false, setScale: false },
          points: { show: false },
        },
        tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), 'Etc/UTC'),
        scales: {
          x: { time: true, min: from, max: to },
          y: {
            range: (_, low, high) => [
              Math.min(0, low ?? 0),
              Math.max(high ?? 0, panel.limit ?? 0) * 1.08 || 1,
            ],
          },
        },
        axes: [
          {
            ...axis,
            incrs: SECONDS,
            size: last ? 28 : 0,
            space: 80,
            values: last ? (_, times) => times.map((time) => clock(time * 1000)) : () => [],
            ticks: { show: last },
          },
          {
            ...axis,
            size: 62,
            space: 22,
            ticks: { show: false },
            values: (_, values) => values.map((one) => valueText(one, panel.unit)),
          },
        ],
        series: [
          {},
          {
            stroke: color,
            fill: () => color() + '55',
            width: 1.5,
            points: { show: false },
            paths: uPlot.paths.stepped({ align: 1 }),
          },
        ],
        hooks: {
          drawClear: [(plot) => shade(plot, panel)],
          draw: [(plot) => limit(plot, panel)],
          setSelect: [chosen],
          setCursor: [(plot) => (value.textContent = valueAt(plot, panel))],
        },
      },
      [panel.x.map((x) => from + x), panel.y],
      box,
    );
  }

  function chosen(plot) {
    const { left, width: wide } = plot.select;
    plot.setSelect({ left: 0, width: 0 }, false);
    if (zooming || wide < 4) return;
    const [start, end] = [left, left + wide].map((x) => plot.posToVal(x, 'x'));
    // whole seconds, as the form shows them
    select({ from: Math.floor(start) * 1000, to: Math.ceil(end) * 1000 });
  }

  /** The times of causes, and the stretches that no capture covers. */
  function shade(plot, { gaps }) {
    const unknown = gaps.map((gap) => ({ ...gap, color: '--soft' }));
    for (const band of [...bands, ...unknown]) {
      const [start, end] = [band.from, band.to].map((time) => plot.valToPos(time, 'x', true));
      const [least, most] = [plot.bbox.left, plot.bbox.left + plot.bbox.width];
      const [left, right] = [Math.max(least, start - 1), Math.min(most, end + 1)];
      if (right <= left) continue;
      plot.ctx.fillStyle = css(band.color) + '22';
      plot.ctx.fillRect(left, plot.bbox.top, right - left, plot.bbox.height);
    }
  }

  function limit(plot, panel) {
    if (panel.limit === null) return;
    const { ctx, bbox } = plot;
    const y = plot.valToPos(panel.limit, 'y', true);
    ctx.save();
    ctx.strokeStyle = ctx.fillStyle = css('--bad');
    ctx.setLineDash([7 * devicePixelRatio, 4 * devicePixelRatio]);
    ctx.lineWidth = 1.5 * devicePixelRatio;
    ctx.beginPath();
    ctx.moveTo(bbox.left, y);
    ctx.lineTo(bbox.left + bbox.width, y);
    ctx.stroke();
    ctx.textAlign = 'right';
    ctx.textBaseline = 'bottom';
    ctx.font = `${12 * devicePixelRatio}px system-ui, sans-serif`;
    const below = y - bbox.top < 14 * devicePixelRatio;
    ctx.fillText(
      `limit ${valueText(panel.limit, panel.unit)}`,
      bbox.left + bbox.width - 4,
      below ? y + 15 * devicePixelRatio : y - 2,
    );
    ctx.restore();
  }

  function valueAt(plot, { x, y, unit }) {
    if (plot.cursor.left < 0) return '';
    const time = plot.posToVal(plot.cursor.left, 'x');
    const i = x.findLastIndex((start) => from + start <= time);
    if (i < 0 || y[i] === null) return '';
    return `${clock(time * 1000)}: ${valueText(y[i], unit)}`;
  }

  function width() {
    return Math.max(260, live.clientWidth);
  }

  function resize() {
    if (live.clientWidth > 0) plots.forEach((plot) => plot.setSize({ width: width(), height: plot.height }));
  }

  /** The same by keyboard: two times, and all of it again. */
  function timeForm() {
    const fields = ['From', 'to'].map((name) => {
      const input = element('input', { type: 'text', size: 8, autocomplete: 'off' });
      return { input, label: element('label', {}, `${name} `, input) };
    });
    const all = element('button', { type: 'button', textContent: 'Whole time' });
    const hint = element('span', { textContent: 'Drag over a panel to look closer; tables below follow.' });
    const made = element(
      'form',
      { className: 'tools' },
      ...fields.map(({ label }) => label),
      element('button', { textContent: 'Look closer' }),
      all,
      hint,
    );
    made.addEventListener('submit', (event) => {
      event.preventDefault();
      const [start, end] = fields.map(({ input }) => timeOf(input.value));
      if (start !== null && end !== null && start < end) select({ from: start, to: end });
    });
    all.addEventListener('click', () => select({ from: null, to: null }));
    const show = () => {
      const times = selection.from === null ? [from * 1000, to * 1000] : [selection.from, selection.to];
      fields.forEach(({ input }, i) => (input.value = clock(times[i])));
    };
    show();
    return { element: made, show };
  }

  /** A clock's time on the first day of the time line that has it. */
  function timeOf(text) {
    const parts = /^(\d\d?):(\d\d)(?::(\d\d))?$/.exec(text.trim());
    if (!parts) return null;
    const day = Math.floor(from / 86400) * 86400;
    const time = day + Number(parts[1]) * 3600 + Number(parts[2]) * 60 + Number(parts[3] ?? 0);
    return (time + 1 < from ? time + 86400 : time) * 1000;
  }
}

/** The value of a colour by its name, as six digits. */
function css(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

function valueText(value, unit) {
  if (unit === 'share') return `${Number((value * 100).toPrecision(3))} %`;
  if (unit === 'seconds')
    return value >= 0.1 || value === 0
      ? `${Number(value.toPrecision(3))} s`
      : `${Number((value * 1000).toPrecision(3))} ms`;
  return Number(value.toPrecision(4)).toLocaleString('en');
}

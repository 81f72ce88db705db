// What a reader has selected: a time, a workload. Whatever depends on it listens to the event "selection".
// The page is whole without these scripts.
const selection = { from: null, to: null, who: null };

/** Changes the selection: `from` and `to` in milliseconds since 1970, `who` the number of a workload; null is all. */
function select(change) {
  Object.assign(selection, change);
  document.dispatchEvent(new CustomEvent('selection'));
}

function element(name, properties, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

/** `14:58:04`, in UTC. */
function clock(time) {
  return new Date(time).toISOString().slice(11, 19);
}

{
  const workloads = [...document.querySelectorAll('.workloads [data-who]')].map((item) => {
    const name = item.querySelector('.who');
    const who = Number(item.dataset.who);
    const button = element('button', { type: 'button', textContent: name.textContent });
    button.addEventListener('click', () => select({ who: selection.who === who ? null : who }));
    name.replaceChildren(button);
    return { who, item, button };
  });
  const words = element('output', {});
  const all = element('button', { type: 'button', textContent: 'Show all' });
  const bar = element('div', { className: 'selection', hidden: true }, words, all);
  all.addEventListener('click', () => select({ from: null, to: null, who: null }));
  document.body.append(bar);

  document.addEventListener('selection', () => {
    for (const { who, item, button } of workloads) {
      item.classList.toggle('selected', who === selection.who);
      button.setAttribute('aria-pressed', String(who === selection.who));
    }
    const time = selection.from === null ? [] : [`${clock(selection.from)} to ${clock(selection.to)} UTC`];
    const chosen = workloads
      .filter(({ who }) => who === selection.who)
      .map(({ button }) => button.textContent);
    bar.hidden = time.length + chosen.length === 0;
    words.textContent = `Rows of ${[...chosen, ...time].join(', ')}; their numbers stay those of the whole time`;
  });
  document.dispatchEvent(new CustomEvent('selection'));
}

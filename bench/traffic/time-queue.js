/** Holds packets until their time: a binary heap by `at`, and by order of coming where that is equal. */
export class TimeQueue {
  items = [];
  added = 0;

  push(item) {
    const { items } = this;
    item.order = this.added++;
    let i = items.push(item) - 1;
    for (let parent = (i - 1) >> 1; i > 0 && before(item, items[parent]); parent = (i - 1) >> 1) {
      items[i] = items[parent];
      i = parent;
    }
    items[i] = item;
  }

  /** The earliest packet, if it is before `at`; else undefined. */
  popBefore(at) {
    const { items } = this;
    const [first] = items;
    if (first === undefined || first.at >= at) return undefined;
    const last = items.pop();
    if (items.length > 0) this.sink(last);
    return first;
  }

  sink(item) {
    const { items } = this;
    let i = 0;
    for (let child = 1; child < items.length; child = 2 * i + 1) {
      if (child + 1 < items.length && before(items[child + 1], items[child])) child++;
      if (!before(items[child], item)) break;
      items[i] = items[child];
      i = child;
    }
    items[i] = item;
  }
}

function before(a, b) {
  return a.at < b.at || (a.at === b.at && a.order < b.order);
}

/**
 * Remembers what a function makes of an input's head for as long as the head is there: to tell what an input is, every
 * reader asks the same of it. A head is never changed.
 */
export function ofHead<T>(make: (head: Uint8Array) => T): (head: Uint8Array) => T {
  const made = new WeakMap<Uint8Array, { value: T }>();
  return (head) => {
    const known = made.get(head);
    if (known) return known.value;
    const value = make(head);
    made.set(head, { value });
    return value;
  };
}

/** The line being read: what is left of it begins at `at`. A line feed ends it, so that whatever matches octets one after the other stops there. */
export namespace line {
  export let at: usize = 0;
}

/** Goes on behind a literal; `after` is where that is, or 0 if the literal is not there. */
export function goTo(after: usize): bool {
  if (after == 0) return false;
  line.at = after;
  return true;
}

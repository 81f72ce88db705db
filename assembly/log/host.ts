/** What only TypeScript knows. Its side is src/logs/wasm/host.ts. */

/** What the text from `at` up to `end` means as one of a kind: an id or a code, with a hash in a cell; -1 leaves its line to TypeScript. */
export declare function meaningOf(kind: u32, at: usize, end: usize): i32;

/** Seconds since 1970 at the start of the minute at `at`, `YYYY-MM-DDTHH:MM`, its zone left out; NaN if it is none. */
export declare function minuteStart(at: usize): f64;

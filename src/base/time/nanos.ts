/** Nanoseconds since 1970 of an ISO 8601 time in UTC, with up to nine digits after the point. */
export function nanosOf(iso: string): bigint {
  const fraction = /\.(\d{1,9})Z$/.exec(iso)?.[1] ?? '';
  const seconds = Date.parse(iso.replace(/\.\d+Z$/, 'Z')) / 1000;
  return BigInt(seconds) * 1_000_000_000n + BigInt(fraction.padEnd(9, '0'));
}

const collator = new Intl.Collator('en', { numeric: true });

/** Orders names as people count: capture.pcap2 before capture.pcap10. */
export function naturalOrder(a: string, b: string): number {
  return collator.compare(a, b) || (a < b ? -1 : Number(a > b));
}

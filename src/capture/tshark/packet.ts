/** A resource record as tshark shows it: field names without dots (`dns_resp_name`), one value each. */
export interface ShownRecord {
  /** 1 answer, 2 authority, 3 additional. */
  readonly section: number;
  readonly fields: ReadonlyMap<string, string>;
}

/** A packet as any of tshark's forms gives it; of several DNS messages in one segment there is one for each. */
export interface ShownPacket {
  /** Values by the field's name with `_` for `.` (`ip_src`); of a tunnel's packet the innermost stands last. */
  readonly fields: ReadonlyMap<string, readonly string[]>;
  /** Records whose fields stand together; empty where the form does not keep them together. */
  readonly records: readonly ShownRecord[];
  /** DNS messages whose fields this form mixes up; else 1. */
  readonly messages: number;
}

/** A field's name as `ShownPacket` has it. */
export function fieldName(name: string): string {
  return name.replaceAll('.', '_');
}

/** The last value of the first of these fields that there is; null without any. */
export function lastOf(packet: ShownPacket, ...names: string[]): string | null {
  for (const name of names) {
    const value = packet.fields.get(name)?.at(-1);
    if (value !== undefined && value !== '') return value;
  }
  return null;
}

/** The same as a whole number, in decimal or after `0x`; null if it is none. */
export function numberOf(packet: ShownPacket, ...names: string[]): number | null {
  return wholeNumber(lastOf(packet, ...names));
}

export function wholeNumber(text: string | null | undefined): number | null {
  if (text === 'true' || text === 'True') return 1;
  if (text === 'false' || text === 'False') return 0;
  return text != null && /^(?:\d{1,15}|0x[\da-fA-F]{1,12})$/.test(text) ? Number(text) : null;
}

/** What is left of one of an incident's files, among those of the names given; null for nothing. */
export type Cut = (name: string, bytes: Buffer, names: readonly string[]) => Buffer | null;

/** Ways in which evidence is less than it could be, by what they are called. */
export const CUTS: Readonly<Record<string, Cut>>;

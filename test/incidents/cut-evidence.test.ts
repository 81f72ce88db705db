import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { CUTS } from '../../bench/cuts/cuts.js';
import { evidence, Incident } from '../support/incident.js';

vi.setConfig({ testTimeout: 300_000 });

/** A cut of race-loss-1, and what it may still say of the race: nothing may be blamed but it. */
const SAYS: readonly [cut: string, race: string][] = [
  ['one packet in ten dropped', 'confirmed'],
  ['half the packets dropped', 'possible'],
  ['queries alone captured', 'possible'],
  ['frames cut after 80 bytes', 'possible'],
];

const ALSO = 'search-amplification';
const SURE = ['likely', 'confirmed'];

describe('race-loss-1 with less evidence', () => {
  let folder: string;
  beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'dnslens-cut-'))));
  afterAll(() => rmSync(folder, { recursive: true }));

  it.each(SAYS)('is no other cause with %s, and no race is ruled out', async (cut, race) => {
    const paths = evidence('race-loss-1');
    const names = paths.map((path) => basename(path));
    mkdirSync(join(folder, cut));
    const left = paths.map((path) => {
      // what is cut is not compressed any more
      const to = join(folder, cut, basename(path).replace(/(\.pcap|\.log)\.gz$/, '$1'));
      writeFileSync(to, CUTS[cut]!(basename(path), readFileSync(path), names) ?? '');
      return to;
    });
    const incident = await Incident.read(...left);
    try {
      const { 'conntrack-race': said, [ALSO]: _, ...others } = await incident.verdicts();
      expect(said).toBe(race);
      expect(Object.entries(others).filter(([, verdict]) => SURE.includes(verdict))).toEqual([]);
    } finally {
      await incident.close();
    }
  });
});

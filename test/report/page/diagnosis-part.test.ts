import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { pageHead, diagnosisPart } from '../../../src/report/page/diagnosis-part.js';
import type { PageRequest } from '../../../src/report/page/request.js';
import { cause, diagnosis } from '../diagnosis/given.js';
import { parseQuery } from '../../../src/packs/query.js';
import { querySource } from '../../support/page.js';

const COMMANDS = {
  reportCommand: (query: string) => `dnslens report ${query}`,
  explainCommand: (lookup: number) => `dnslens explain ${lookup}`,
};
const HOSTILE = '<img src=x onerror=alert(1)>\u202e';

const FOUND = cause({
  verdict: 'confirmed',
  summary: `9 halves of ${HOSTILE} were lost`,
  findings: ['insert_failed rose by 9'],
  first_seen: '2026-01-02T03:05:00Z',
  last_seen: '2026-01-02T03:06:00Z',
  evidence: [`a.pcap frame 7: ${HOSTILE}`],
  lookups: 9,
  lookup_seconds: 45.04,
  worst_lookup_id: 17,
});

/** The head and the diagnosis of a page. */
function written(): string {
  const given = diagnosis(
    [FOUND, cause({ cause: 'truncation', title: 'Truncated answers', summary: 'no answer came truncated' })],
    { slow_or_failed: 9, explained: 9 },
  );
  const request = { layout: COMMANDS, options: { params: {} } } as unknown as PageRequest;
  const query = parseQuery(querySource(['cause'], "select '<b>' as cause"), 'diagnosis/causes', 'causes.sql');
  return pageHead(given) + diagnosisPart(given, [query], request);
}

describe("the page's diagnosis", () => {
  it('is what an incident needs first, then all that is known, then how it was counted', async () => {
    await expect(written()).toMatchFileSnapshot(join(import.meta.dirname, 'output', 'diagnosis.html'));
  });

  it('makes no markup of a name', () => {
    expect(written()).not.toMatch(/<img|\u202e/);
  });
});

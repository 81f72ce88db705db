import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { causesPart } from '../../../src/report/page/causes-part.js';
import { causeColors } from '../../../src/report/page/incident/cause-colors.js';
import type { PageRequest } from '../../../src/report/page/request.js';
import { cause, diagnosis } from '../diagnosis/given.js';
import { parseQuery } from '../../../src/packs/query.js';
import { querySource } from '../../support/page.js';

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

const CONSEQUENCE = cause({
  cause: 'upstream-silent',
  title: 'Upstream silent',
  verdict: 'likely',
  summary: 'an upstream was silent',
  change: ['Ask another upstream.'],
  root: FOUND.cause,
});

/** The causes of a page that shows the lookups given. */
function written(...shown: number[]): string {
  const given = diagnosis(
    [
      FOUND,
      CONSEQUENCE,
      cause({ cause: 'truncation', title: 'Truncated answers', summary: 'no answer came truncated' }),
    ],
    { slow_or_failed: 9, explained: 9 },
  );
  const request = { options: { params: {} } } as unknown as PageRequest;
  const query = parseQuery(querySource(['cause'], "select '<b>' as cause"), 'diagnosis/causes', 'causes.sql');
  return causesPart(given, causeColors(given), new Set(shown), [query], request).text;
}

describe("the page's causes", () => {
  it('have each all that is known of it, then what was ruled out, then how it was counted', async () => {
    await expect(written(17)).toMatchFileSnapshot(join(import.meta.dirname, 'output', 'causes.html'));
  });

  it('link to the worst lookup where the page shows it, and only there', () => {
    expect(written(17)).toContain('href="#lookup-17"');
    expect(written()).not.toContain('href="#lookup');
  });

  it('have a consequence under its root, without advice of its own', () => {
    const html = written();
    expect(html.match(/<article/g)).toHaveLength(1);
    expect(html).toContain('led to upstream-silent');
    expect(html).not.toContain('Ask another upstream.');
  });

  it('make no markup of a name', () => {
    expect(written()).not.toMatch(/<img|\u202e/);
  });
});

import { describe, expect, it } from 'vitest';
import { widthOf } from '../../src/report/text-layout.js';
import { frame } from '../../src/watch/screen-frame.js';
import type { View } from '../../src/watch/view.js';

/** 2026-01-02 03:04:05 UTC. */
const NOW = 1_767_323_045;

const VIEW: View = {
  title: 'any',
  now: NOW,
  behind: 0.31,
  counts: { received: 9000, dropped: 2 },
  isPaused: false,
  hasEnded: false,
  ofLogs: false,
  rates: {
    queries: 1234.2,
    answers: 1201,
    nxdomainShare: 0.614,
    servfailShare: 0.004,
    open: 17,
    retries: 3.4,
    median: 0.00042,
    p99: 2.004,
    gaps5: 41,
    gaps2: 7,
    unanswered: 3,
  },
  history: Array.from({ length: 60 }, (_, i) => i * 20),
  judged: {
    from: NOW - 122,
    to: NOW - 2,
    cpuSeconds: 1.44,
    isShort: false,
    panels: {
      slow: [{ who: 'shop/app-a', slow: 8, failed: 1, worst: 5.01 }],
      halves: 12,
      losses: [{ place: 'before the server', lost: 12 }],
      counters: [
        { counter: 'drop', increase: 12 },
        { counter: 'insert_failed', increase: 12 },
      ],
      names: {},
    },
  },
  standings: [
    {
      cause: 'conntrack-race',
      title: 'Lost conntrack race',
      kind: 'fault',
      verdict: 'confirmed',
      summary: '12 halves of A/AAAA pairs left the client and never reached a server',
      isOver: false,
      since: NOW - 61,
      last: NOW - 3,
      lookups: 0,
      root: null,
    },
    {
      cause: 'lost-replies',
      title: 'Replies lost',
      kind: 'fault',
      verdict: 'likely',
      summary: '3 replies',
      isOver: true,
      since: NOW - 300,
      last: NOW - 240,
      lookups: 0,
      root: null,
    },
  ],
  clients: [
    { address: 'shop/app-a-7d9c', rate: 812.4, nxdomainShare: 0.66, slow: 8, open: 14 },
    { address: '10.0.0.9', rate: 4.21, nxdomainShare: 0, slow: 0, open: 0 },
  ],
  open: [{ seconds: 4.2, client: 'shop/app-a-7d9c', name: 'api.example.com.shop.svc.cluster.local' }],
  kept: { seconds: 600, bytes: 81_300_000 },
  filter: null,
  message: null,
};

const PLAIN = { width: 80, height: 24, color: false, unicode: true };
const lines = (view: Partial<View> = {}, size = {}) => frame({ ...VIEW, ...view }, { ...PLAIN, ...size });

describe('the screen of watch', () => {
  it('shows rates, causes, clients, open lookups and losses on 24 lines of 80 columns', () => {
    expect(lines().map((line) => line.trimEnd())).toEqual([
      'dnslens watch any                          03:04:05 UTC, behind by 0.3 s, 2 lost',
      'queries 1,234/s  answers 1,201/s  NXDOMAIN 61 %  SERVFAIL 0 %  open 17',
      'median 0.4 ms  p99 2.00 s  retries 3.4/s (1 min: 41 after 5 s, 7 after 2.5 s)',
      'last minute ▂▂▂▂▂▂▃▃▃▃▃▃▃▃▄▄▄▄▄▄▄▅▅▅▅▅▅▅▆▆▆▆▆▆▆▆▇▇▇▇▇▇▇████████  at most 1,180/s',
      'CAUSES of 2 min up to 03:04:03; judging took 1.4 s',
      'confirmed  conntrack-race            since 03:03:04     Lost conntrack race',
      '           12 halves of A/AAAA pairs left the client and never reached a server',
      'over       lost-replies              02:59:05-03:00:05  3 replies',
      'CLIENTS                                     queries/s NXDOMAIN     open     slow',
      'shop/app-a-7d9c                                   812     66 %       14        8',
      '10.0.0.9                                          4.2      0 %        0        0',
      'OPEN LOOKUPS',
      '   4.2 s  shop/app-a-7d9c               api.example.com.shop.svc.cluster.local',
      'slow or failed: shop/app-a 9 (5.01 s)',
      'lost: before the server 12',
      'conntrack: drop +12, insert_failed +12',
      '12 pairs lost a half, 3 given up in 1 min; kept 10 min, 81.3 MB',
      '',
      '',
      '',
      '',
      '',
      '',
      'p pause   / narrow   o story   w write   q quit',
    ]);
  });

  it('fits every size, and shows nothing of evidence that could move the cursor', () => {
    const evil = '\u001b[2J\r\n\u0007\u202e';
    const view = {
      title: evil,
      message: evil,
      clients: [{ ...VIEW.clients[0]!, address: evil }],
      open: [{ seconds: 2, client: evil, name: evil.repeat(50) }],
      standings: [{ ...VIEW.standings[0]!, summary: evil, cause: evil }],
    };
    for (const [width, height] of [
      [60, 12],
      [80, 24],
      [200, 60],
    ] as const) {
      const shown = lines(view, { width, height });
      expect(shown).toHaveLength(height);
      for (const line of shown) {
        expect(widthOf(line)).toBeLessThanOrEqual(width);
        expect(line).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202e]/);
      }
    }
  });

  it('says what it does not know yet', () => {
    const shown = lines({
      now: 0,
      behind: null,
      counts: null,
      judged: null,
      standings: [],
      clients: [],
      open: [],
      history: [],
    });
    expect(shown[0]).toContain('no evidence yet');
    expect(shown.join('\n')).toContain('not judged yet');
  });

  it('says that judged evidence shows no cause, and of when evidence is that was recorded', () => {
    const shown = lines({ standings: [], behind: null, counts: null }).join('\n');
    expect(shown).toContain('no cause found');
    expect(shown).toContain('03:04:05 UTC, recorded');
  });
});

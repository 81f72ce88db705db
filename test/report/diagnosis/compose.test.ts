import { describe, expect, it } from 'vitest';
import type { Id } from '../../../src/packs/rows.js';
import { composeByWorkload } from '../../../src/report/diagnosis/by-workload.js';
import { briefly } from '../../../src/report/diagnosis/brief.js';
import { compose } from '../../../src/report/diagnosis/compose.js';
import type { Diagnosis } from '../../../src/report/diagnosis/diagnosis.js';
import { writeText } from '../../../src/report/diagnosis/text.js';
import { cause, COST, diagnosis, FOUND, HIT } from './given.js';

const COMMANDS = {
  reportCommand: (query: string) => `dnslens report ${query}`,
  explainCommand: (lookup: Id) => `dnslens explain ${lookup}`,
};

async function text(given: Diagnosis, brief = true, width = Infinity): Promise<string> {
  return written(compose(given, COMMANDS, brief), width);
}

async function written(blocks: Parameters<typeof writeText>[0], width = Infinity): Promise<string> {
  let all = '';
  const output = { write: async (part: string) => void (all += part) };
  await writeText(blocks, output, { ...COMMANDS, width, unicode: true, color: false });
  return all;
}

describe('the diagnosis', () => {
  it('begins with how many lookups were hurt and how many are explained', async () => {
    expect(await text(diagnosis([FOUND], { slow_or_failed: 10, explained: 9 }))).toMatch(
      /^10 of 100 lookups \(2 clients, 2026-01-02 03:04:05 to 03:09:00 UTC\) were slow \(1 s or longer\) or\nfailed\. 9 of them are explained\.\n/,
    );
  });

  it('says how many queries are not judged, as captures cut their names off', async () => {
    expect((await text(diagnosis([], { cut_queries: 1200 }))).replaceAll('\n', ' ')).toContain(
      ' 1,200 queries have no name here and are not judged: the capture kept too little of each packet (tcpdump -s 0 keeps all).',
    );
    expect((await text(diagnosis([], { lookups: 0, cut_queries: 1 }))).replaceAll('\n', ' ')).toContain(
      ' 1 query has no name here',
    );
    expect(await text(diagnosis([]))).not.toContain('no name');
  });

  it('says on one screen what a cause is, its proof, whom it hit, one fix and one command', async () => {
    expect(await text(diagnosis([FOUND], { slow_or_failed: 9, explained: 9 }, [HIT]))).toContain(
      [
        'CONFIRMED  Lost conntrack race (conntrack-race): 9 lookups, 45.0 s',
        '  9 halves were lost. insert_failed rose by 9.',
        '  affected  shop/cart (2 clients, 9 lookups)',
        '  when      2026-01-02 03:05:00 to 03:06:00 UTC',
        '  fix       Run NodeLocal DNSCache.',
        '  see       dnslens explain 17',
        '',
      ].join('\n'),
    );
  });

  it('says how long the lookups that were hurt took', async () => {
    const page = await text(diagnosis([FOUND], { slow_or_failed: 9, explained: 9 }, [HIT]));
    expect(page.replaceAll('\n', ' ')).toContain('or failed; they took 45.0 s. All are explained. ');
  });

  it('says when a cause was there only where that is another time than the lookups', async () => {
    const always = { ...FOUND, first_seen: '2026-01-02T03:04:05Z', last_seen: '2026-01-02T03:09:00Z' };
    expect(await text(diagnosis([always]))).not.toContain('  when ');
  });

  it('keeps a command on its line, however narrow the terminal is', async () => {
    const page = await text(diagnosis([FOUND]), true, 20);
    expect(page).toContain('dnslens explain 17\n');
  });

  it('says of a cost that hurt no lookup what it is and what to change, not whom and when', async () => {
    const page = await text(diagnosis([COST], {}, [{ ...HIT, cause: COST.cause }]));
    expect(page).not.toMatch(/affected|when/);
    expect(page).toContain('  fix  ');
  });

  it('leaves the proof at what is short', async () => {
    const findings = [`of ${'many '.repeat(20)}pairs`, `and ${'so '.repeat(40)}on`];
    const page = (await text(diagnosis([{ ...FOUND, findings }]))).replaceAll(/\s+/g, ' ');
    expect(page).toContain('9 halves were lost. Of many');
    expect(page).not.toContain('so on');
  });

  it('advises nothing for a cause that is only possible', async () => {
    const page = await text(diagnosis([{ ...FOUND, verdict: 'possible' }]));
    expect(page).not.toContain('fix');
  });

  it('puts what a cause led to in a line under it', async () => {
    const led = cause({
      cause: 'upstream-silent',
      verdict: 'likely',
      root: 'conntrack-race',
      lookups: 2,
      lookup_seconds: 4,
    });
    const page = await text(diagnosis([FOUND, led]));
    expect(page).toContain('  led to  upstream-silent (likely; 2 lookups, 4.0 s)\n');
    expect(page.match(/LIKELY/g)).toBeNull();
  });

  it('tells a cost from a fault, and with everything says what the change would have saved', async () => {
    const page = await text(diagnosis([COST]), false);
    expect(page).toContain('CONFIRMED  Search list amplification (search-amplification): hurt no lookup\n');
    expect(page).toContain('  saves  at most 30 of 100 queries in this evidence\n');
  });

  it('names what was ruled out and what cannot be told in a line each', async () => {
    const out = ['a', 'b', 'c', 'd', 'e'].map((id) => cause({ cause: id }));
    const open = cause({ cause: 'dead-backend', verdict: 'no_evidence' });
    const page = await text(diagnosis([FOUND, ...out, open]));
    expect(page).toContain('\nRuled out (5): a, b and others.\n');
    expect(page).toContain('\nCannot be told from this evidence: dead-backend.\n');
  });

  it('asks for what dnslens collect does not gather beside evidence of its kind, and says what it would decide', async () => {
    const collect = ["tcpdump -i any -w NODE.pcap 'ip[6:2] & 0x1fff != 0'   # fragments"];
    const possible = cause({ cause: 'large-answers-lost', verdict: 'possible', collect });
    expect(await text(diagnosis([possible]))).toContain(
      "To be surer, collect\n  tcpdump -i any -w NODE.pcap 'ip[6:2] & 0x1fff != 0'  # fragments; for large-answers-lost\n",
    );
  });

  it('asks for one dnslens collect of all that is not there, and says why that was not had before', async () => {
    const run = 'dnslens collect --workload NAMESPACE/NAME --for 60s --report';
    const causes = [
      cause({ cause: 'lost-replies', verdict: 'possible', collect: [`${run}   # captures, server logs`] }),
      cause({ cause: 'dead-backend', verdict: 'possible', collect: [`${run}   # conntrack counters`] }),
      cause({ cause: 'flood', verdict: 'possible', collect: [`${run}   # captures`] }),
    ];
    const given = diagnosis(causes);
    given.gaps = [{ evidence: 'logs', why: 'not allowed', things: 2, what: 'log of coredns-a' }];
    const page = (await text(given)).replaceAll(/\s+/g, ' ');
    expect(page).toContain(
      `To be surer, collect ${run} # server logs, conntrack counters; the last time not had: not allowed; for lost-replies and dead-backend`,
    );
    expect(page).toContain('Asked for and not had: log of coredns-a and 1 more (not allowed).');
  });

  it('asks for nothing about causes without evidence where every lookup is explained', async () => {
    const open = cause({ cause: 'dead-backend', verdict: 'no_evidence' });
    expect(await text(diagnosis([FOUND, open], { slow_or_failed: 9, explained: 9 }))).not.toContain(
      'To be surer',
    );
    expect(await text(diagnosis([FOUND, open], { slow_or_failed: 9, explained: 8 }))).toContain(
      '# on the node; for dead-backend\n',
    );
  });

  it('says with everything in a line each what was ruled out, and what could not be judged with what to collect once', async () => {
    const open = cause({
      cause: 'dead-backend',
      verdict: 'no_evidence',
      summary: 'no capture shows servers',
    });
    const possible = cause({ cause: 'lost-replies', verdict: 'possible', summary: '1 reply may be lost' });
    const page = await text(diagnosis([possible, cause(), open]), false);
    expect(page).toContain('Ruled out\n  conntrack-race  No half was lost.\n');
    expect(page).toContain('Could not be judged\n  dead-backend  No capture shows servers.\n');
    expect(page).toContain('To be surer, collect\n  conntrack -S > counters.log  # on the node\n\n');
  });

  it('gives a clean bill in three lines', async () => {
    const page = await text(diagnosis([cause(), cause()]));
    expect(page.split('  dnslens')[0]!.replaceAll(/\s+/g, ' ')).toBe(
      'None of 100 lookups (2 clients, 2026-01-02 03:04:05 to 03:09:00 UTC) was slow (1 s or longer) or failed. ' +
        'All 2 known causes are ruled out. ' +
        'Looked at 1 capture (1,234 messages). Not collected: server logs, conntrack counters, resolv.conf or Corefile, cluster objects. ',
    );
  });

  it('says what it read beside, which is not missing elsewhere', async () => {
    const page = await text(diagnosis([cause()], { captures: 0, external_dns_logs: 1 }));
    expect(page.replaceAll('\n', ' ')).toContain(
      'Looked at 1 external-dns log. Not collected: captures, server logs,',
    );
    expect(await text(diagnosis([cause()]))).not.toContain('external-dns');
  });

  it('says that ends cannot be told where no answer was seen, rather than that none was slow', async () => {
    const page = await text(
      diagnosis([cause()], { lookups: 100, slow_or_failed: 0, explained: 0, unseen: 100 }),
    );
    expect(page).toMatch(
      /^This evidence shows no answers: how its 100 lookups \(.*UTC\)\s+ended cannot\s+be told\./s,
    );
  });

  it('names in a clean bill the causes that this evidence cannot tell', async () => {
    const open = cause({ cause: 'dead-backend', verdict: 'no_evidence' });
    expect(await text(diagnosis([cause(), open]))).toContain(
      '\nRuled out: conntrack-race.\nCannot be told from this evidence: dead-backend.\n',
    );
  });

  it('gives no clean bill where slow lookups are unexplained, and shows the worst', async () => {
    const page = await text(diagnosis([cause()], { slow_or_failed: 1, worst_unexplained_id: 5 }));
    expect(page.replaceAll('\n', ' ')).toMatch(
      /^1 of 100 lookups \(.*\) was slow \(1 s or longer\) or failed\. It is not explained\./,
    );
    expect(page).toContain('No known cause fits the slow and failed lookups.');
    expect(page).toContain('dnslens explain 5  # the worst unexplained lookup, packet by packet');
  });

  it('claims no lookups where the evidence shows none', async () => {
    expect(await text(diagnosis([cause()], { lookups: 0, first_time: null }))).toMatch(
      /^This evidence shows no lookup of a client, so none can be counted; without times\.\n/,
    );
  });

  it('names with everything a lookup to explain and the queries to look at', async () => {
    expect(await text(diagnosis([FOUND, COST], { slow_or_failed: 9, explained: 9 }), false)).toMatch(
      /Look next\n  dnslens explain 17  # the worst lookup, packet by packet\n  dnslens report race\/lost-halves\n$/,
    );
  });

  it('leaves nothing out where it need not fit a screen', async () => {
    expect(await text(diagnosis([FOUND]), false)).toContain('            Update the kernel.\n');
  });

  it('shows no control byte of a name', async () => {
    const page = await text(diagnosis([{ ...FOUND, evidence: ['\u001b[2J'] }]), false);
    expect(page).toContain('examples  \\x1b[2J\n');
  });

  it('groups by workload on request', async () => {
    const workloads = [HIT, { ...HIT, cause: 'unexplained', lookups: 1, lookup_seconds: 2 }];
    expect(await written(composeByWorkload(diagnosis([FOUND], {}, workloads), COMMANDS))).toContain(
      'shop/cart (2 clients)\n  conntrack-race  confirmed; 9 slow or failed lookups, 45.0 s.\n  unexplained     1 slow or failed lookup, 2.0 s.\n',
    );
  });
});

describe('the diagnosis for a ticket', () => {
  it('has a line per cause with one fix, and what it was not', async () => {
    const page = await written(briefly(diagnosis([FOUND], { slow_or_failed: 9, explained: 9 }, [HIT])));
    expect(page.replaceAll(/\s+/g, ' ')).toContain(
      '• conntrack-race: confirmed, 9 lookups, 45.0 s; shop/cart (2 clients, 9 lookups). Run NodeLocal DNSCache. ',
    );
  });

  it('has no more than twelve lines however many causes there are', async () => {
    const many = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => ({ ...FOUND, cause: name }));
    const page = await written(briefly(diagnosis(many)));
    expect(page).toContain('\n3 more causes found.\n');
    expect(page.trimEnd().split('\n').length).toBeLessThanOrEqual(12);
  });
});

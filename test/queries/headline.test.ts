import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GivenTables, type GivenRows } from '../support/given.js';
import { APP, client, COREDNS, lookup, lostHalf, question, retry, twin } from '../support/given-rows.js';

let given: GivenTables;
beforeAll(async () => {
  given = await GivenTables.open();
});
afterAll(() => given.close());

const CAPTURE = 'Capture on a node: tcpdump -i any -w capture.pcap \'port 53 or icmp or icmp6\'';
const AT = '2026-01-01 00:00:01';
const logsOnly = { log_queries: [{ source_id: 1, line: 1 }, { source_id: 1, line: 2 }] };
const clients = [client(APP, 'web')];

/** The one answer of a headline query. */
async function answer(id: string, rows: GivenRows, params = {}, filters = {}) {
  const answers = await given.ask(id, rows, params, filters);
  expect(answers).toHaveLength(1);
  return answers[0]!;
}

describe('headline/search', () => {
  const lookups = [lookup(1, 'google.com', { steps: 5, queries: 10, wasted_queries: 8 }), lookup(2, 'web.default')];

  it('tells of storms, as search/storms counts them', async () => {
    expect(await answer('headline/search', { lookups, clients }, { min_wasted: '8' })).toEqual({
      severity: 'medium',
      sentence:
        '1 client had search-suffix storms, 1 in all; a storm is 8 or more wasted queries of one client within 10 s. ' +
        'The worst was default/web-1 (10.0.0.1) from 2026-01-01 00:00:00 UTC: 8 of its 12 queries asked for names ' +
        'that only its search list made. In all, 8 of 12 queries (66.7 %) of 2 lookups were wasted so.',
      look: 'search/storms',
    });
    expect(await given.ask('search/storms', { lookups, clients }, { min_wasted: '8' })).toMatchObject([
      { queries: 12, wasted_queries: 8 },
    ]);
  });

  it('tells what was wasted where it is no storm', async () => {
    expect(await answer('headline/search', { lookups })).toEqual({
      severity: 'info',
      sentence:
        'No search-suffix storm: no client wasted 100 queries within 10 s. ' +
        'In all, 8 of 12 queries (66.7 %) of 2 lookups asked for names that only a search list made.',
      look: 'search/names',
    });
  });

  it('gives a clean bill where nothing was wasted', async () => {
    expect(await answer('headline/search', { lookups: [lookup(1, 'a.example')] })).toEqual({
      severity: 'info',
      sentence: 'No search-suffix storm: none of the 2 queries of 1 lookup was wasted on a search list.',
      look: null,
    });
  });

  it('says where the evidence cannot tell, and what to collect', async () => {
    const cannot = 'Search-suffix storms cannot be told';
    expect((await answer('headline/search', logsOnly)).sentence).toBe(
      `${cannot} from this evidence: it has 2 query lines of server logs, but no capture that shows programs' lookups. ${CAPTURE}`,
    );
    expect((await answer('headline/search', {})).sentence).toBe(
      `${cannot}: this evidence shows no lookup of a program. ${CAPTURE}`,
    );
    expect((await answer('headline/search', { lookups }, {}, { client: '10.9.9.9' })).sentence).toBe(
      `${cannot}: no lookup was seen of the time and client that were asked for.`,
    );
  });
});

describe('headline/twins', () => {
  const both = twin(AT, { a_state: 'unanswered', aaaa_state: 'unanswered', lost: 'both' });
  const unseen = twin(AT, { a_state: 'unknown', aaaa_state: 'unknown', waited_seconds: null });

  it('counts lost halves, as race/clients does', async () => {
    const twins = [lostHalf(AT), lostHalf(AT, { one_socket: false }), both, unseen, twin(AT), twin(AT, { client: '10.0.0.2' })];
    expect(await answer('headline/twins', { twins, clients })).toEqual({
      severity: 'high',
      sentence:
        '2 of 5 A/AAAA pairs (40.0 %) lost one half: one was answered, the other was not. ' +
        '1 of them asked from one socket, 1 from two. 1 of 2 clients lost halves; the worst hit is ' +
        'default/web-1 (10.0.0.1) with 2 of 4 pairs. The longest such wait was 5.00 s. ' +
        '1 pair lost both halves. Of 1 more pair this evidence cannot see the answers.',
      look: 'race/lost-halves',
    });
    expect(await given.ask('race/clients', { twins, clients })).toMatchObject([
      { client: APP, one_socket: true, lost_halves: 1, lost_both: 1 },
      { client: APP, one_socket: false, lost_halves: 1 },
      { client: '10.0.0.2', lost_halves: 0 },
    ]);
  });

  it("gives a clean bill where no pair lost a half, and takes no forwarder's pair", async () => {
    const rows = {
      twins: [twin(AT), lostHalf(AT, { client: COREDNS })],
      clients: [client(COREDNS, 'coredns', { is_forwarder: true })],
    };
    expect(await answer('headline/twins', rows)).toEqual({
      severity: 'info',
      sentence: 'No A/AAAA pair lost a half: in none of 1 pair was one half answered and the other not.',
      look: null,
    });
  });

  it('claims nothing of a capture of one direction', async () => {
    expect(await answer('headline/twins', { twins: [unseen, unseen] })).toEqual({
      severity: 'info',
      sentence:
        'Whether A/AAAA pairs lost a half cannot be told: 2 pairs were asked, but this evidence cannot see whether ' +
        'answers came. Capture both directions: tcpdump -i any -w capture.pcap \'port 53 or icmp or icmp6\'',
      look: null,
    });
  });

  it('says that programs ask no pairs, or that there is nothing to tell from', async () => {
    const cannot = 'Whether A/AAAA pairs lost a half cannot be told';
    expect((await answer('headline/twins', { lookups: [lookup(1, 'a.example')] })).sentence).toBe(
      'No A/AAAA pair was seen in 1 lookup of programs: they ask one type at a time, so no half could be lost.',
    );
    expect((await answer('headline/twins', logsOnly)).sentence).toBe(
      `${cannot} from this evidence: it has 2 query lines of server logs, but a query lost on its way never gets into a log. ${CAPTURE}`,
    );
    expect((await answer('headline/twins', {})).sentence).toBe(
      `${cannot}: this evidence shows no query of a program. ${CAPTURE}`,
    );
  });
});

describe('headline/waits', () => {
  const again = (id: number, gap: number, more = {}) =>
    question(id, `${id}.example`, { attempts: 2, waited_seconds: gap, ...more });

  it('tells gaps with their resolvers, what came before them and what they cost', async () => {
    const rows = {
      questions: [
        again(1, 5.003),
        again(2, 5.004, { outcome: 'unanswered', waited_seconds: 10.01 }),
        again(3, 0.001, { outcome: 'failed' }),
        question(4, 'a.example'),
      ],
      retries: [retry(1, 5.003), retry(2, 5.004), retry(3, 0.001, { after: 'REFUSED, at once' })],
      clients,
    };
    expect(await answer('headline/waits', rows)).toEqual({
      severity: 'high',
      sentence:
        'Resolvers asked 3 of 4 questions again: after 5.0 s (glibc) 2 times, at once after REFUSED (glibc) 1. ' +
        'Before 2 of these 3 retries nothing had come. 2 questions waited 1 s or longer, the longest 10.01 s. ' +
        '1 question got no answer at all.',
      look: 'timeouts/gaps',
    });
    expect((await given.ask('timeouts/gaps', rows)).map((row) => row.retries)).toEqual([2, 1]);
  });

  it("keeps forwarders' retries of their upstreams in a sentence of their own", async () => {
    const rows = {
      questions: [question(1, 'a.example'), again(2, 2.001, { client: COREDNS, from_forwarder: true })],
      retries: [retry(2, 2.001)],
    };
    expect(await given.ask('headline/waits', rows)).toEqual([
      { severity: 'info', sentence: 'No resolver had to ask again in 1 question.', look: null },
      {
        severity: 'medium',
        sentence: 'Forwarders asked 1 question of their upstreams again: after 2.0 s 1 time.',
        look: 'timeouts/forwarders',
      },
    ]);
  });

  it('calls no retry a loss where answers cannot be seen', async () => {
    const unseen = { outcome: 'unknown' };
    const rows = {
      questions: [again(1, 5, unseen), question(2, 'b.example', { ...unseen, waited_seconds: null })],
      retries: [retry(1, 5, { after: 'unknown' })],
    };
    expect(await answer('headline/waits', rows)).toEqual({
      severity: 'low',
      sentence:
        'Resolvers asked 1 of 2 questions again: after 5.0 s 1 time. Of 2 questions this evidence cannot see the answers.',
      look: 'timeouts/gaps',
    });
    expect((await answer('headline/waits', { questions: rows.questions.slice(1) })).sentence).toBe(
      'No resolver asked again in 1 question; whether they were answered this evidence cannot see.',
    );
  });

  it('names questions that waited or ended without a retry', async () => {
    const questions = [
      question(1, 'a.example', { outcome: 'unanswered', waited_seconds: 5 }),
      question(2, 'b.example', { waited_seconds: 2.004 }),
    ];
    expect(await answer('headline/waits', { questions })).toEqual({
      severity: 'high',
      sentence:
        'No resolver had to ask again in 2 questions. 2 questions waited 1 s or longer, ' +
        'the longest 5.00 s. 1 question got no answer at all.',
      look: 'timeouts/given-up',
    });
  });

  it('counts no question that was asked again though it had its answer', async () => {
    const questions = [again(1, 5.003), again(2, 0.001)];
    const retries = [retry(1, 5.003), retry(2, 0.001, { after: 'answered already' })];
    expect((await answer('headline/waits', { questions, retries })).sentence).toBe(
      'Resolvers asked 1 of 2 questions again: after 5.0 s 1 time. Nothing had come before. ' +
        '1 question waited 1 s or longer, the longest 5.00 s.',
    );
    expect((await answer('headline/waits', { questions: questions.slice(1), retries: retries.slice(1) })).sentence).toBe(
      'No resolver had to ask again in 1 question.',
    );
  });

  it('says where the evidence cannot tell', async () => {
    expect((await answer('headline/waits', logsOnly)).sentence).toMatch(/^Retry gaps cannot be told from this evidence: it has 2 /);
    expect((await answer('headline/waits', {})).sentence).toBe(
      `Retry gaps cannot be told: this evidence shows no question of a program. ${CAPTURE}`,
    );
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Figures, GivenModels } from '../../../support/given-models.js';

let given: GivenModels;
beforeAll(async () => {
  given = await GivenModels.open();
});
afterAll(() => given.close());

/** Figures that just make a rule fire, and the rule that fires a little on the other side of the limit. */
const RULES: readonly [cause: string, limit: string, at: Figures, fires: string, beyond: Figures, then: string][] = [
  ['conntrack-race', 'least', { together: 1, halves: 3, short: 3, spares_two_sockets: true, counters_agree: true }, 'counters-agree', { halves: 2 }, 'halves-lost'],
  ['conntrack-race', 'race_half_share', { together: 1, halves: 4, short: 10, spares_two_sockets: true, counters_agree: true }, 'counters-agree', { short: 11 }, 'halves-lost'],
  ['conntrack-race', 'that two sockets are spared', { together: 1, halves: 4, short: 4, spares_two_sockets: true, counters_agree: true }, 'counters-agree', { spares_two_sockets: false }, 'halves-lost'],
  ['conntrack-race', 'pair_share', { together: 1, halves: 20, of_pairs: 5, spares_two_sockets: true, boot_insert_failed: 1 }, 'without-counters', { of_pairs: 6 }, 'halves-lost'],
  ['coredns-overloaded', 'least', { late_but_quick: 10, answered: 100, timed: 100 }, 'late-but-quick-in-the-log', { late_but_quick: 9 }, 'quick'],
  ['coredns-overloaded', 'share', { late_but_quick: 10, answered: 200, timed: 200 }, 'late-but-quick-in-the-log', { answered: 201 }, 'quick'],
  ['coredns-overloaded', 'refusals', { at_limit: 1, refused: 3 }, 'refused-at-its-limit', { refused: 2 }, 'reached-its-limit'],
  ['dead-backend', 'least', { sockets: 3, behind_service: 1 }, 'sockets-lost-whole', { sockets: 2 }, 'all-went-on'],
  ['flood', 'least_names', { domain_names: 500, domain_share: 0.5, lookups: 1 }, 'one-domain', { domain_names: 499 }, 'little'],
  ['flood', 'names_share', { domain_names: 500, domain_share: 0.5, lookups: 1 }, 'one-domain', { domain_share: 0.49 }, 'little'],
  ['flood', 'least_queries', { client_queries: 2000, queries: 3000, client_share: 0.6, all_clients: 5 }, 'one-client', { client_queries: 1999 }, 'spread'],
  ['flood', 'client_share', { client_queries: 2000, queries: 3000, client_share: 0.6, all_clients: 5 }, 'one-client', { client_share: 0.59 }, 'spread'],
  ['flood', 'clients', { client_queries: 2000, queries: 3000, client_share: 0.6, all_clients: 5, lookups: 1 }, 'one-client', { all_clients: 4 }, 'few-clients'],
  ['forwarding-loop', 'least', { came_back: 3 }, 'came-back', { came_back: 2 }, 'seldom-came-back'],
  ['forwarding-loop', 'forwarded_least', { upstream_queries: 10 }, 'none-came-back', { upstream_queries: 9 }, 'nothing-seen'],
  ['large-answers-lost', 'least', { only_large: true, large_lost: 3 }, 'large-lost', { large_lost: 2 }, 'few-large-lost'],
  ['large-answers-lost', 'enough', { large_arrived: 3, judged: 1 }, 'large-arrive', { large_arrived: 2 }, 'sizes-not-seen'],
  ['lost-queries', 'least', { lost: 3, placed: 3, places: 1 }, 'place-seen', { lost: 2, placed: 2 }, 'few-lost'],
  ['lost-replies', 'least', { left_server: 3 }, 'seen-leaving', { left_server: 2 }, 'few-seen-leaving'],
  ['not-dns', 'least', { blamed: 3 }, 'late', { blamed: 2 }, 'few-late'],
  ['not-dns', 'chances', { walks: 10, judged: 1 }, 'none-late', { walks: 9 }, 'few-walks'],
  ['overlay-checksum', 'least', { dropped: 1, signs: 1, remote: 3, remote_lost: 3 }, 'said-and-seen', { remote_lost: 2 }, 'said'],
  ['overlay-checksum', 'lost_share', { dropped: 1, signs: 1, remote: 10, remote_lost: 5 }, 'said-and-seen', { remote: 11 }, 'said'],
  ['overlay-checksum', 'enough', { remote: 20, remote_lost: 20, near: 3, judged: 1 }, 'only-the-same-node', { remote: 19, remote_lost: 19 }, 'nodes-not-known'],
  ['policy-blocks-dns', 'least', { hit_lost: 3, not_reached: 3, answered_before: 3 }, 'cut-off-since-then', { answered_before: 2 }, 'never-reached'],
  ['policy-blocks-dns', 'least, of those that are seen not to come', { hit_lost: 3, not_reached: 3 }, 'never-reached', { not_reached: 2 }, 'none-answered'],
  ['policy-blocks-dns', 'least, of lost ones', { hit_lost: 3 }, 'none-answered', { hit_lost: 2 }, 'few-lost'],
  ['policy-blocks-dns', 'enough', { hit_lost: 3, not_reached: 3, others_asked: 3 }, 'cut-off', { others_asked: 2 }, 'never-reached'],
  ['resolver-gives-up', 'least', { musl_hit: 1, blamed: 1 }, 'musl-waits', { musl_hit: 0 }, 'others-wait'],
  ['search-amplification', 'least', { walks: 10, wasted_share: 0.2 }, 'many-walks', { walks: 9 }, 'some-walks'],
  ['search-amplification', 'share', { walks: 10, wasted_share: 0.2 }, 'many-walks', { wasted_share: 0.19 }, 'some-walks'],
  ['search-amplification', 'few', { walks: 3, wasted_share: 0.1 }, 'some-walks', { walks: 2 }, 'few-walks'],
  ['search-amplification', 'likely_share', { walks: 3, wasted_share: 0.1 }, 'some-walks', { wasted_share: 0.09 }, 'few-walks'],
  ['search-amplification', 'possible_share', { walks: 3, wasted_share: 0.02 }, 'few-walks', { wasted_share: 0.019 }, 'hardly-any'],
  ['search-domain-unreachable', 'chances', { steps: 10, suffixes: 1, lookups: 1 }, 'all-answer', { steps: 9 }, 'too-few'],
  ['server-blind', 'least', { failed: 3 }, 'cannot-reach', { failed: 2 }, 'seldom-failed'],
  ['server-blind', 'waits', { waiting: 10 }, 'waited-long', { waiting: 9 }, 'nothing-seen'],
  ['server-blind', 'chances', { good: 10 }, 'knows', { good: 9 }, 'nothing-seen'],
  ['truncation', 'least', { answers: 3, tcp_seen: 1 }, 'came-truncated', { answers: 2 }, 'few-came-truncated'],
  ['upstream-errors', 'least', { logged: 3, logged_meanwhile: 3 }, 'logged', { logged: 2, logged_meanwhile: 2 }, 'few-logged'],
  ['upstream-packet-limit', 'least', { lost_above: 10, sent_above: 40, lost_above_share: 0.25 }, 'lost-with-the-excess', { lost_above: 9 }, 'limit-passed'],
  ['upstream-packet-limit', 'below_ratio', { lost_above: 10, sent_above: 25, lost_above_share: 0.4, lost_below_share: 0.1 }, 'lost-with-the-excess', { lost_below_share: 0.11 }, 'lost-above-and-below'],
  ['upstream-silent', 'least', { timeouts: 3, timeouts_meanwhile: 3, upstream_queries: 1 }, 'logged-beside-a-capture', { timeouts_meanwhile: 2 }, 'seldom-logged'],
  ['upstream-stalled', 'chances', { upstream_queries: 30, upstream_timed: 30 }, 'never', { upstream_timed: 29 }, 'too-few'],
];
describe('what a log says of times when nothing was captured', () => {
  it.each([
    ['upstream-silent', { timeouts: 54, upstream_queries: 90 }, 'logged-at-another-time'],
    ['upstream-silent', { timeouts: 54, timeouts_meanwhile: 3, upstream_queries: 90 }, 'logged-beside-a-capture'],
    ['upstream-errors', { logged: 54 }, 'logged-at-another-time'],
    ['upstream-errors', { logged: 54, logged_meanwhile: 1 }, 'logged'],
    ['server-blind', { unsynced: 1, failed: 9, good: 10 }, 'at-another-time'],
    ['server-blind', { unsynced: 1, failed: 9, good: 10, meanwhile: 1 }, 'serves-without'],
    // names of the cluster are not answered since
    ['server-blind', { unsynced: 1, failed: 9, good: 9 }, 'serves-without'],
    ['coredns-overloaded', { at_limit_elsewhen: 7 }, 'reached-its-limit-at-another-time'],
    ['truncation', { tc_lines: 235, judged: 9 }, 'logged-at-another-time'],
    ['truncation', { tc_lines: 235, tc_lines_meanwhile: 3, judged: 9 }, 'logged'],
    ['coredns-overloaded', { at_limit_elsewhen: 7, at_limit: 1 }, 'reached-its-limit'],
  ])('%s, of %j', async (cause, figures, rule) => {
    expect(await given.rule(cause, figures)).toBe(rule);
  });
});

describe('rules, on both sides of a limit', () => {
  it.each(RULES)('%s judges by %s', async (cause, _, at, fires, beyond, then) => {
    expect(await given.rule(cause, at)).toBe(fires);
    expect(await given.rule(cause, { ...at, ...beyond })).toBe(then);
  });

  it('coredns-overloaded is a consequence from so many refusals on', async () => {
    expect(await given.roots('coredns-overloaded', { refused: 3 })).toContain('upstream-silent');
    expect(await given.roots('coredns-overloaded', { refused: 2 })).toEqual([]);
  });

  it('upstream-silent is a consequence of the packet limit where half of the silent queries passed it', async () => {
    expect(await given.roots('upstream-silent', { silent: 20, silent_above_limit: 10 })).toEqual(['upstream-packet-limit']);
    expect(await given.roots('upstream-silent', { silent: 21, silent_above_limit: 10 })).toEqual([]);
  });
});

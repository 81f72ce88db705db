/** Makes rows for GivenTables: what most tests share, with what one test is about put over it. */
type Row = Record<string, string | number | boolean | null | readonly (string | number)[]>;

export const APP = '10.0.0.1';
export const COREDNS = '10.0.1.1';

/** An address that asked, a pod of default by that name. */
export function client(address: string, pod: string, more: Row = {}): Row {
  const known = {
    namespace: 'default',
    pod: `${pod}-1`,
    workload: pod,
    resolver: 'glibc',
    is_forwarder: false,
  };
  const { namespace, pod: name, workload } = { ...known, ...more };
  const names = { client_name: `${namespace}/${name}`, workload_name: `${namespace}/${workload}` };
  return { client: address, ...names, ...known, ...more };
}

/** A program's lookup that its first name answered. */
export function lookup(lookup_id: number, name: string, more: Row = {}): Row {
  const one = { steps: 1, queries: 2, wasted_queries: 0, outcome: 'answered', seconds: 0.001 };
  return { lookup_id, client: APP, name, started_at: '2026-01-01 00:00:01', ...one, ...more };
}

/** A program's question, answered at once. */
export function question(question_id: number, qname: string, more: Row = {}): Row {
  const answered = {
    outcome: 'answered',
    rcode: 'NOERROR',
    attempts: 1,
    waited_seconds: 0.001,
  };
  const asked = { client: APP, qname, qtype: 'A', asked_at: '2026-01-01 00:00:01', from_forwarder: false };
  return { question_id, ...asked, ...answered, ...more };
}

/** The second attempt at a question, to whose first no answer came. */
export function retry(question_id: number, gap_seconds: number, more: Row = {}): Row {
  return { question_id, attempt: 2, gap_seconds, after: 'no answer', ...more };
}

/** A program's query, answered in a millisecond by a backend of the service. */
export function transaction(transaction_id: number, more: Row = {}): Row {
  const asked = { client: APP, server: '10.100.0.10', backend: COREDNS, qname: 'a.example', qtype: 'A' };
  const answered = { state: 'answered', rcode: 'NOERROR', response_seconds: 0.001, answers: 1 };
  const linked = {
    question_id: transaction_id,
    attempt: 1,
    asked_at: '2026-01-01 00:00:01',
    from_forwarder: false,
  };
  return { transaction_id, ...asked, ...answered, ...linked, ...more };
}

/** A query that got no answer, whose backend no copy of it shows. */
export function lost(transaction_id: number, more: Row = {}): Row {
  const none = { state: 'unanswered', rcode: null, response_seconds: null, answers: null, backend: null };
  return transaction(transaction_id, { ...none, ...more });
}

/** An A/AAAA pair from one socket, both halves answered; whether it is judged and lost a half follows from its halves' states. */
export function twin(asked_at: string, more: Row = {}): Row {
  const answered = { a_state: 'answered', aaaa_state: 'answered', waited_seconds: 0.001, one_socket: true };
  const asked = { client: APP, client_port: 40000, qname: 'a.example', asked_at, apart_seconds: 0.00003 };
  const { a_state, aaaa_state } = { ...answered, ...more };
  const judged = a_state !== 'unknown' && aaaa_state !== 'unknown';
  return { ...asked, ...answered, judged, lost_half: judged && a_state !== aaaa_state, ...more };
}

/** An A/AAAA pair that lost its AAAA query and asked again after 5 s. */
export function lostHalf(asked_at: string, more: Row = {}): Row {
  const lost = { aaaa_state: 'unanswered', lost: 'AAAA', retried_after_seconds: 5, waited_seconds: 5.001 };
  return twin(asked_at, { ...lost, ...more });
}

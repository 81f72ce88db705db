import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GivenModels } from '../../support/given-models.js';

let given: GivenModels;
beforeAll(async () => {
  given = await GivenModels.open();
});
afterAll(() => given.close());

type Words = readonly string[];
/** A `log` of a server block, or another plugin of it. */
interface Line {
  block: number;
  zones: Words;
  plugin?: string;
  args?: Words;
  options?: readonly Words[];
}

const corefile = (...lines: readonly Line[]) =>
  lines.map(({ block, zones, plugin = 'log', args = [], options = [] }, i) => ({
    source_id: 1,
    origin: 'kube-system/coredns',
    line: i + 1,
    block,
    zones: JSON.stringify(zones),
    port: 53,
    plugin,
    arguments: JSON.stringify(args),
    options: JSON.stringify(options),
  }));

const NAMES = ['db.example', 'app.svc.cluster.local'];
const names = NAMES.map((name, i) => ({ raw_id: i + 1, name_id: i + 1, name }));

/** The classes that are written of each name that is not logged in full. */
async function gaps(...lines: readonly Line[]): Promise<Record<string, string>> {
  const rows = await given.rows('work.log_gaps', {
    'raw.corefiles': corefile(...lines),
    'work.name_ids': names,
    'work.wire_transactions': names.map(({ name_id }) => ({ transaction_id: name_id, qname_id: name_id })),
  });
  const classes = ['success', 'denial', 'error'] as const;
  return Object.fromEntries(
    rows.map((row) => [NAMES[Number(row['name_id']) - 1]!, classes.filter((one) => row[one]).join()]),
  );
}

describe('names that a Corefile logs only in part', () => {
  it('are none where log stands alone, with a format, or with all classes', async () => {
    const root = { block: 0, zones: ['.'] };
    expect(await gaps(root)).toEqual({});
    expect(await gaps({ ...root, args: ['.', '{combined}'] })).toEqual({});
    expect(await gaps({ ...root, options: [['class', 'all']] })).toEqual({});
    expect(await gaps({ ...root, options: [['class', 'success', 'denial'], ['class', 'error']] })).toEqual({});
  });

  it('are all of them where only some classes are written', async () => {
    const errors = { block: 0, zones: ['.'], args: ['.'], options: [['class', 'denial', 'error']] };
    expect(await gaps(errors)).toEqual({ 'db.example': 'denial,error', 'app.svc.cluster.local': 'denial,error' });
  });

  it('are those outside of the names that a rule has', async () => {
    expect(await gaps({ block: 0, zones: ['.'], args: ['Example.'] })).toEqual({ 'app.svc.cluster.local': '' });
  });

  it('are decided by the first rule whose names fit', async () => {
    const root = { block: 0, zones: ['.'] };
    const rules = [{ ...root, args: ['example'], options: [['class', 'error']] }, root];
    expect(await gaps(...rules)).toEqual({ 'db.example': 'error' });
    expect(await gaps(...rules.toReversed())).toEqual({});
  });

  it('are those of a block without log, where another block has it', async () => {
    const others = { block: 0, zones: ['.'], plugin: 'forward', args: ['.', '10.9.0.2'] };
    expect(await gaps(others, { block: 1, zones: ['cluster.local'] })).toEqual({ 'db.example': '' });
  });

  it('are none by a Corefile that logs nothing, as it is of another server than the log', async () => {
    expect(await gaps({ block: 0, zones: ['.'], plugin: 'forward' })).toEqual({});
  });
});

describe('a log is measured by what it should have', () => {
  const at = (i: number) => i * 1e9;
  /** Answers of one server, of which those that the log should have are in it. */
  const answers = [
    ...Array.from({ length: 8 }, (_, i) => ({ rcode: 0, answers: 1, qname_id: i < 4 ? 1 : 2 })),
    ...Array.from({ length: 4 }, (_, i) => ({ rcode: 3, answers: 0, qname_id: i < 2 ? 1 : 2 })),
  ].map((answer, i) => ({ transaction_id: i, answer_first_src_id: 1, answer_first_ns: at(i), ...answer }));

  async function coverage(log: (of: (typeof answers)[number]) => boolean, gap: object | null) {
    const due = await given.rows('work.due_answers', {
      'work.wire_transactions': answers,
      'work.log_gaps': gap ? [{ name_id: 2, ...gap }] : [],
    });
    const logged = answers.filter(log);
    const [row] = await given.rows('work.log_coverage', {
      'work.log_clocks': [],
      'raw.sources': [{ source_id: 1, first_time: null, last_time: null }],
      'work.due_answers': due as never,
      'work.log_line_matches': logged.map(({ transaction_id }, line) => ({ transaction_id, source_id: 1, line })),
      'raw.log_queries': logged.map((_, line) => ({ source_id: 1, line, time: null })),
    });
    return [row?.['matched'], row?.['answered'], row?.['is_complete']];
  }

  it('so that names without log are not missing from it', async () => {
    const gap = { success: false, denial: false, error: false };
    expect(await coverage(({ qname_id }) => qname_id === 1, gap)).toEqual([6, 6, true]);
    expect(await coverage(({ qname_id }) => qname_id === 1, null)).toEqual([6, 12, false]);
  });

  it('and by the classes that are written of a name', async () => {
    const gap = { success: false, denial: true, error: true };
    expect(await coverage(({ qname_id, rcode }) => qname_id === 1 || rcode === 3, gap)).toEqual([8, 8, true]);
  });

  it('and a log that has no answer with records is not taken for complete', async () => {
    const denials = answers.filter(({ rcode }) => rcode === 3);
    const due = denials.map(({ transaction_id }) => ({ transaction_id, server_id: 1, answer_first_ns: 1, is_success: false }));
    const rows = await given.rows('work.log_coverage', {
      'work.log_clocks': [],
      'raw.sources': [{ source_id: 1, first_time: null, last_time: null }],
      'work.due_answers': due,
      'work.log_line_matches': due.map(({ transaction_id }, line) => ({ transaction_id, source_id: 1, line })),
      'raw.log_queries': due.map((_, line) => ({ source_id: 1, line, time: null })),
    });
    expect(rows).toMatchObject([{ coverage: 1, is_complete: false }]);
  });

  it('and no line of a name that is logged in part proves nothing', async () => {
    const judged = (gap: boolean) =>
      given.rows('work.judged_transactions', {
        'work.wire_transactions': [{ transaction_id: 1, server_id: 1, qname_id: 2, asked_ns: 5 }],
        'work.logged_transactions': [],
        'work.server_logs': [{ server_id: 1, each_logged: true }],
        'work.log_gaps': gap ? [{ name_id: 2 }] : [],
      });
    expect((await judged(false))[0]!['in_log']).toBe(false);
    expect((await judged(true))[0]!['in_log']).toBeNull();
  });
});

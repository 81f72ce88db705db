import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { GivenModels } from '../../support/given-models.js';

let given: GivenModels;
beforeAll(async () => {
  given = await GivenModels.open();
});
afterAll(() => given.close());

/** Milliseconds within four seconds, none of them twice. */
const moments = fc.uniqueArray(fc.integer({ min: 1, max: 4000 }), { maxLength: 12 });

it('lie between the answers that stand nearest to what was lost, in the same second or another', async () => {
  await fc.assert(
    fc.asyncProperty(moments, moments, async (answers, losses) => {
      const lost = losses.filter((ms) => !answers.includes(ms));
      const made = await given.rows('work.silences', {
        'work.judged_transactions': answers.map((ms, i) => ({
          transaction_id: i,
          client_id: 1,
          client_port: i,
          server_id: 1,
          answer_first_src_id: 1,
          answer_first_ns: ms * 1e6,
          asked_ns: ms * 1e6,
          from_forwarder: false,
        })),
        // refused, so that one of them is enough
        'work.lost_targets': lost.map((ms, i) => ({
          transaction_id: 100 + i,
          server_id: 1,
          client_id: 1,
          client_port: 100 + i,
          asked_ns: ms * 1e6,
          open: false,
          refused: true,
          addressed: true,
        })),
      });
      const between = new Map<string, number>();
      for (const ms of lost) {
        const from = Math.max(...answers.filter((at) => at < ms));
        const until = Math.min(...answers.filter((at) => at > ms));
        const gap = `${from} to ${until}`;
        between.set(gap, (between.get(gap) ?? 0) + 1);
      }
      const ms = (ns: unknown, none: number) => (ns === null ? none : Number(ns) / 1e6);
      expect(
        made
          .map((row) => [`${ms(row['from_ns'], -Infinity)} to ${ms(row['until_ns'], Infinity)}`, Number(row['lost'])])
          .toSorted(),
      ).toEqual([...between].toSorted());
    }),
    { numRuns: 40 },
  );
});

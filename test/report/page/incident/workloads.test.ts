import { expect, it } from 'vitest';
import { Selectable } from '../../../../src/report/page/incident/selectable.js';
import { workloadList } from '../../../../src/report/page/incident/workloads.js';
import { diagnosis, FOUND, HIT } from '../../diagnosis/given.js';

it('lists the workloads that were hit, the longest wait first, each with its causes and a number to select it by', () => {
  const till = { ...HIT, workload: 'shop/<till>', lookups: 2, lookup_seconds: 80 };
  const silent = { ...HIT, cause: 'upstream-silent', lookups: 1, lookup_seconds: 5 };
  const cost = {
    ...HIT,
    workload: 'shop/idle',
    cause: 'search-amplification',
    lookups: 0,
    lookup_seconds: 0,
  };
  const given = diagnosis([FOUND], {}, [HIT, silent, till, cost]);
  const { text: html } = workloadList(
    given,
    new Map(),
    new Selectable([{ client: '10.0.0.1', workload: 'shop/cart' }]),
  );
  const items = html.match(/<li[^>]*>.*?<\/li>/gs)!.map((item) => item.replace(/<(?!li)[^>]*>/g, ''));
  expect(items).toEqual([
    expect.stringMatching(/^<li>shop\/&lt;till&gt; 2 lookups, 80\.0 s.*conntrack-race 2/),
    expect.stringMatching(
      /^<li data-who="0">shop\/cart 10 lookups, 50\.0 s.*conntrack-race 9, +upstream-silent 1/,
    ),
  ]);
});

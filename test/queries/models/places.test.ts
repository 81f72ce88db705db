import { afterAll, beforeAll, expect, it } from 'vitest';
import { GivenModels } from '../../support/given-models.js';

let given: GivenModels;
beforeAll(async () => {
  given = await GivenModels.open();
});
afterAll(() => given.close());

it.each([
  [64, "the pod's veth (eth0)"],
  [63, 'eth0'],
])('where the queries of one client begin with a hop limit of %i is %s', async (hopLimit, label) => {
  const sending = { key: 1, attempt: 1 };
  const [place] = await given.rows('temp.places', {
    'temp.way_legs': [
      {
        ...sending,
        capture_id: 1,
        interface: 'eth0',
        leg: 1,
        is_response: false,
        is_last: false,
        way: 'in',
        next_capture_id: 1,
        hop_limit: hopLimit,
        sampled: true,
      },
    ],
    'temp.sendings': [{ ...sending, client_id: 7, server_id: 8 }],
    'work.capture_nodes': [{ source_id: 1, capture_id: 1, node: 'n2' }],
  });
  expect(place).toMatchObject({ label, node: 'n2' });
});

import { expect, it } from 'vitest';
import { sharedLimits } from '../../src/models/load.js';
import { NODELOCAL } from '../../src/what-if/change.js';

it('advice and what-if let a cache on the node keep answers as long', () => {
  expect(sharedLimits()['node_cache_seconds']!.default).toBe(NODELOCAL.least);
});

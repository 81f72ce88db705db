import { describe, expect, it } from 'vitest';
import { parseArgs } from '../../src/cli/grammar/args.js';
import { memoryLimit } from '../../src/cli/memory-limit.js';

const given = (...more: string[]) => parseArgs(['ingest', 'a.pcap', ...more]);

describe('the memory limit', () => {
  it('is of the process, of which DuckDB gets what node does not take; the flag rather than the environment', () => {
    const env = { DNSLENS_MEMORY_LIMIT: '2GB' };
    expect(memoryLimit(given('--memory-limit', '800 mb'), env)).toBe('600MB');
    expect(memoryLimit(given(), env)).toBe('1800MB');
  });

  it("is DuckDB's own where neither is set", () => {
    expect(memoryLimit(given(), {})).toBeUndefined();
    expect(memoryLimit(given(), { DNSLENS_MEMORY_LIMIT: '' })).toBeUndefined();
  });

  it.each(['much', '80%', '-1GB', '1e9', "1GB'; drop table x"])('refuses %s in a sentence', (text) => {
    expect(() => memoryLimit(given(`--memory-limit=${text}`), {})).toThrow('is no amount of memory');
  });

  it('refuses less than appending needs', () => {
    expect(memoryLimit(given('--memory-limit', '400MB'), {})).toBe('200MB');
    expect(() => memoryLimit(given(), { DNSLENS_MEMORY_LIMIT: '399.9MB' })).toThrow(
      'DNSLENS_MEMORY_LIMIT=399.9MB is too little; give 400MB or more',
    );
  });
});

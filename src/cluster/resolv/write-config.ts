import type { Sink } from '../../raw/sink.js';
import { resolverConfigs } from '../../raw/tables/cluster.js';
import { writeText, writeNumber } from '../../raw/optional-values.js';
import type { Owner } from './owner.js';
import type { ResolverConfig } from './parse-resolv-conf.js';

export interface ResolverRow {
  origin: 'resolv.conf' | 'dnsConfig';
  /** Line or item in the input, from 1. */
  line: number;
  owner: Owner | null;
  config: ResolverConfig;
  policy: string | null;
}

/** Writes a row of `resolver_configs`. */
export function writeResolverConfig(sink: Sink, row: ResolverRow): void {
  const batch = sink.batch(resolverConfigs);
  const { data, row: at } = batch;
  data.source_id[at] = sink.sourceId;
  data.line[at] = row.line;
  data.origin[at] = row.origin;
  data.nameservers[at] = JSON.stringify(row.config.nameservers);
  data.search[at] = JSON.stringify(row.config.search);
  data.options[at] = JSON.stringify(row.config.options);
  writeText(batch, 'owner', row.owner?.name ?? null);
  writeText(batch, 'namespace', row.owner?.namespace ?? null);
  writeText(batch, 'policy', row.policy);
  writeNumber(batch, 'ndots', row.config.ndots);
  writeNumber(batch, 'timeout_seconds', row.config.timeoutSeconds);
  writeNumber(batch, 'attempts', row.config.attempts);
  batch.end();
}

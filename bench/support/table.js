/** A run's result as a table for a person; what it was measured on comes first. */
export function table({
  machine,
  messages,
  runs,
  ingest,
  models,
  peers,
  skipped,
  startUp,
  queries,
  ...sizes
}) {
  const both = { seconds: ingest.seconds + models.seconds, cpu: ingest.cpu + models.cpu };
  const rows = [
    ['dnslens ingest', ingest],
    ['dnslens models', models],
    ['dnslens ingest and models', both],
    ...peers.map((peer) => [peer.name, peer]),
  ];
  const { captureMegabytes, rawMegabytes, databaseMegabytes, ingestPeakMegabytes, peakMegabytes } = sizes;
  return [
    `${machine}; ${messages} messages in ${captureMegabytes} MB; medians of ${runs} (tshark: one run)`,
    '',
    line('what', 'seconds', 'cpu', 'it / ingest', 'it / ingest and models', '(both by cpu)'),
    ...rows.map(([name, it]) => line(name, ...figures(it), ratio(it, ingest), ratio(it, both))),
    ...skipped.map((name) => line(name, 'not installed')),
    '',
    line('start-up', 'seconds', 'cpu'),
    ...startUp.map(({ name, ...it }) => line(name, ...figures(it))),
    '',
    `database: ${rawMegabytes} MB after ingest, ${databaseMegabytes} MB with models`,
    `peak memory: ${ingestPeakMegabytes} MB in ingest, ${peakMegabytes} MB with models`,
    '',
    line('slowest queries', 'seconds'),
    ...queries.slice(0, 10).map(({ id, seconds }) => line(id, seconds.toFixed(3))),
    `${queries.filter(({ seconds }) => seconds < 0.3).length} of ${queries.length} queries under 0.3 s`,
  ].join('\n');
}

function figures({ seconds, cpu }) {
  return [seconds.toFixed(2), cpu.toFixed(2)];
}

/** How many times as long it takes as `ours`: more than 1 where dnslens is faster. */
function ratio(it, ours) {
  return (it.cpu / ours.cpu).toFixed(2);
}

function line(name, ...cells) {
  return [name.padEnd(30), ...cells].join('\t');
}

import { headLines, textLines } from '../../input/lines.js';
import { isPrompt } from '../../input/paste/shell-prompt.js';
import type { Reader } from '../../raw/reader.js';
import type { Input } from '../../input/input.js';
import { isToolLine } from '../../input/tool-line.js';
import type { Sink } from '../../raw/sink.js';
import { readTableHeader, readTableRow, type TableHeader } from './kubectl-row.js';
import { TableObjects } from './table-objects.js';

/** Tables that `kubectl get` prints, where they show addresses: pods and nodes with `-o wide`, services, endpoints, slices. */
export const kubectlTable: Reader = {
  kind: 'kubectl-table',
  title: 'a table of kubectl get (pods, services, endpoints, nodes)',
  about: {
    whole:
      'NAME       TYPE        CLUSTER-IP   EXTERNAL-IP   PORT(S)         AGE\nkube-dns   ClusterIP   10.96.0.10   <none>        53/UDP,53/TCP   12d',
    sample: 'kube-dns   ClusterIP   10.96.0.10   <none>   53/UDP,53/TCP   12d',
    from: '`kubectl get pods,svc,ep,endpointslices,nodes -A -o wide`',
    gives: 'configuration',
    proves: 'names of addresses; a DNS service without a ready server (`no-ready-server`)',
  },
  sniff: (head) => shareOfRows(headLines(head)),
  read,
};

/** Remarks around tables, which are no rows. */
function isAround(line: string): boolean {
  return line.trim() === '' || isPrompt(line) || isToolLine(line) || line.startsWith('No resources found');
}

function shareOfRows(lines: readonly string[]): number {
  let header: TableHeader | null = null;
  let known = 0;
  let all = 0;
  for (const line of lines) {
    if (isAround(line)) continue;
    all++;
    const next = readTableHeader(line);
    if (next) header = next;
    if (next || (header && readTableRow(line, header))) known++;
  }
  return all === 0 ? 0 : known / all;
}

async function read(input: Input, sink: Sink): Promise<void> {
  const objects = new TableObjects(sink);
  let header: TableHeader | null = null;
  for await (const { text, number } of textLines(input.chunks)) {
    if (isAround(text)) {
      if (text.trim() !== '') header = null;
      continue;
    }
    const next = readTableHeader(text);
    if (next) {
      header = next;
      continue;
    }
    const row = header && readTableRow(text, header);
    if (header && row) objects.add(header.kind, row.cells, row.isCut, `line ${number}`);
    else {
      const detail = 'A line is no row of a table with addresses that kubectl prints; it was passed over.';
      sink.problem({ code: 'table-row', detail, position: `line ${number}` });
    }
  }
  objects.finish();
}

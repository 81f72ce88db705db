import { listAt, recordsAt, textAt } from '../../base/loose-json.js';
import { parseYaml } from '../yaml-text.js';

/**
 * Renders the `servers` of a CoreDNS Helm chart's values as the Corefile that the chart makes of them; null
 * if the text is no such values file.
 */
export function renderHelmValues(text: string): string | null {
  if (!/^ *servers:/m.test(text) || !/^ +(?:- +)?plugins:/m.test(text)) return null;
  const values = parseYaml(text);
  if (!values.ok) return null;
  const servers =
    recordsAt(values.value, 'servers').length > 0
      ? recordsAt(values.value, 'servers')
      : recordsAt(values.value, 'coredns', 'servers');
  return servers.length === 0 ? null : servers.map(renderServer).join('');
}

function renderServer(server: unknown): string {
  const port = textAt(server, 'port') ?? '53';
  const zones = recordsAt(server, 'zones').map(
    (zone) => `${textAt(zone, 'scheme') ?? ''}${textAt(zone, 'zone') ?? '.'}:${port}`,
  );
  const plugins = listAt(server, 'plugins').map(renderPlugin);
  return `${zones.length > 0 ? zones.join(' ') : `.:${port}`} {\n${plugins.join('')}}\n`;
}

function renderPlugin(plugin: unknown): string {
  const line = [textAt(plugin, 'name') ?? '', textAt(plugin, 'parameters') ?? ''].join(' ').trim();
  const block = textAt(plugin, 'configBlock')?.trim();
  return block ? `    ${line} {\n${block}\n    }\n` : `    ${line}\n`;
}

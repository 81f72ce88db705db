import { MOST_ZONES, PATIENCE_SECONDS } from './limits.js';
import type { Node } from './objects.js';
import type { Task } from './task.js';

/** A node of EC2, as its cloud provider names it: aws:///us-east-1a/i-0123456789abcdef0. */
const INSTANCE = /^aws:\/\/\/([a-z]{2}(?:-[a-z]+)+-\d{1,2})[a-z]?(?:-[a-z0-9-]+)?\/(i-[0-9a-f]{8,17})$/;

const ZONE = /^(?:\/hostedzone\/)?([A-Z0-9]{1,32})$/;

function task(what: string, args: readonly string[], file: string): Task {
  const how = ['--output', 'json'];
  return {
    what,
    evidence: 'records',
    tool: 'aws',
    args: [...args, ...how],
    file: `aws/${file}`,
    seconds: PATIENCE_SECONDS,
  };
}

/** The region and an instance of the cluster; null where none of its nodes is EC2's. */
export function instanceOf(nodes: readonly Node[]): { region: string; instance: string } | null {
  for (const { spec } of nodes) {
    const found = INSTANCE.exec(spec?.providerID ?? '');
    if (found) return { region: found[1]!, instance: found[2]! };
  }
  return null;
}

/** The network that an instance is in, and nothing else of it. */
export function vpcTask({ region, instance }: { region: string; instance: string }): Task {
  const what = 'Reservations[0].Instances[0].{VpcId: VpcId}';
  return task(
    'the VPC of the nodes',
    ['ec2', 'describe-instances', '--region', region, '--instance-ids', instance, '--query', what],
    'vpc.json',
  );
}

/** The private zones that the resolver of a VPC answers for, by id and name. */
export function zonesTask(region: string, vpc: string): Task {
  const where = ['--vpc-id', vpc, '--vpc-region', region];
  return task(
    'the private zones of the VPC',
    ['route53', 'list-hosted-zones-by-vpc', ...where],
    'zones.json',
  );
}

/** The records of zones, and whether the VPC's resolver logs queries. */
export function recordTasks(region: string, zones: readonly string[]): Task[] {
  const list = ['route53', 'list-resource-record-sets', '--hosted-zone-id'];
  const logs = ['--region', region];
  return [
    ...zones.map((zone) => task(`records of the zone ${zone}`, [...list, zone], `route53-${zone}.json`)),
    task(
      'query log settings of the VPC resolver',
      ['route53resolver', 'list-resolver-query-log-configs', ...logs],
      'query-log-configs.json',
    ),
    task(
      'VPCs whose resolver logs queries',
      ['route53resolver', 'list-resolver-query-log-config-associations', ...logs],
      'query-log-associations.json',
    ),
  ];
}

/** The ids of zones in what the aws CLI printed, without what is none. */
export function zoneIds(printed: unknown): string[] {
  const { HostedZoneSummaries: zones } = (printed ?? {}) as {
    HostedZoneSummaries?: { HostedZoneId?: unknown }[];
  };
  const ids = (Array.isArray(zones) ? zones : []).map((zone) => ZONE.exec(String(zone?.HostedZoneId))?.[1]);
  return [...new Set(ids)].filter((id) => id !== undefined).slice(0, MOST_ZONES);
}

/** The id of a VPC in what the aws CLI printed; null where there is none. */
export function vpcId(printed: unknown): string | null {
  const id = (printed as { VpcId?: unknown } | null)?.VpcId;
  return typeof id === 'string' && /^vpc-[0-9a-f]{8,17}$/.test(id) ? id : null;
}

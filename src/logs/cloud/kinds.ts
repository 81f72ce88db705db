import type { Reader } from '../../raw/reader.js';
import { RCODES } from '../../base/registries.js';
import { isRecord, type JsonRecord, memberOf } from '../wrappers/json/record.js';
import { cloudLogReader } from './cloud-log.js';

const GIVES = 'a log of an upstream: who asked it, and what it answered';
const PROVES =
  "which names an upstream was asked for and with which codes it answered; an error here is the upstream's own";

/** Query logs of the AWS Route 53 Resolver, as S3, Firehose and CloudWatch have them. */
const route53Resolver = cloudLogReader({
  kind: 'route53-resolver-log',
  title: 'a query log of the AWS Route 53 Resolver',
  about: {
    sample:
      '{"version":"1.100000","query_timestamp":"2026-01-02T03:04:05Z","query_name":"db.example.","query_type":"A","query_class":"IN","rcode":"NOERROR","srcaddr":"10.1.1.2","srcport":"40000","transport":"UDP"}',
    from: 'Resolver query logging of a VPC (`aws route53resolver create-resolver-query-log-config`), from S3 or CloudWatch',
    gives: GIVES,
    proves: `${PROVES}; it has no times of answers, and repeated questions inside a TTL are left out`,
  },
  query: (record) =>
    record.query_name === undefined || record.query_timestamp === undefined
      ? null
      : {
          time: record.query_timestamp,
          client: record.srcaddr,
          port: record.srcport,
          name: record.query_name,
          type: record.query_type,
          class: record.query_class,
          proto: record.transport,
          rcode: record.rcode,
        },
});

/** Google's Cloud DNS, as `gcloud logging read` and sinks give its entries. */
const cloudDns = cloudLogReader({
  kind: 'cloud-dns-log',
  title: "a query log of Google's Cloud DNS",
  about: {
    sample:
      '{"resource":{"type":"dns_query"},"timestamp":"2026-01-02T03:04:05.678Z","jsonPayload":{"queryName":"db.example.","queryType":"A","responseCode":"NOERROR","protocol":"UDP","sourceIP":"10.1.1.2","serverLatency":3}}',
    from: "`gcloud logging read resource.type=dns_query --format json`, with logging on in the network's DNS policy",
    gives: GIVES,
    proves: `${PROVES}, and how long it took (whole milliseconds)`,
  },
  query(record) {
    const payload = record.jsonPayload;
    if (!isRecord(payload) || payload.queryName === undefined) return null;
    return {
      time: record.timestamp,
      client: payload.sourceIP,
      name: payload.queryName,
      type: payload.queryType,
      proto: payload.protocol,
      rcode: payload.responseCode,
      seconds: Number(payload.serverLatency ?? NaN) / 1000,
    };
  },
});

/** Azure Firewall's structured log of its DNS proxy (AZFWDnsQuery), a CoreDNS within. */
const azureFirewallDns = cloudLogReader({
  kind: 'azure-firewall-dns-log',
  title: "a log of Azure Firewall's DNS proxy",
  about: {
    sample:
      '{"time":"2026-01-02T03:04:05.678Z","category":"AZFWDnsQuery","properties":{"SourceIp":"10.1.1.2","SourcePort":40000,"QueryId":4660,"QueryType":"A","QueryClass":"IN","QueryName":"db.example.","Protocol":"udp","ResponseCode":"NOERROR","RequestDurationSecs":0.002}}',
    from: 'diagnostic settings of the firewall, category AZFWDnsQuery',
    gives: GIVES,
    proves: `${PROVES}, and how long it took`,
  },
  query(record) {
    const properties: JsonRecord = isRecord(record.properties) ? record.properties : record;
    const at = (name: string) => memberOf(properties, name);
    if (at('QueryName') === undefined || at('QueryType') === undefined) return null;
    // Azure DNS has the same words for these
    if (at('SourceIpAddress') !== undefined) return null;
    return {
      time: record.time ?? memberOf(record, 'TimeGenerated'),
      client: at('SourceIp'),
      port: at('SourcePort'),
      id: at('QueryId'),
      name: at('QueryName'),
      type: at('QueryType'),
      class: at('QueryClass'),
      proto: at('Protocol'),
      rcode: at('ResponseCode'),
      seconds: Number(at('RequestDurationSecs') ?? NaN),
    };
  },
});

/**
 * Query logs of Azure DNS by a DNS security policy: rows of the table DNSQueryLogs, or the records that diagnostic settings
 * write to a storage account or an event hub. The unit of its response time is not documented, so that is left out.
 */
const azureDns = cloudLogReader({
  kind: 'azure-dns-log',
  title: 'a query log of Azure DNS',
  about: {
    sample:
      '{"TimeGenerated":"2026-01-02T03:04:05.678Z","OperationName":"RESPONSE_SUCCESS","QueryName":"db.example.","QueryType":"A","QueryClass":"IN","ResponseCode":0,"SourceIpAddress":"10.1.1.2","SourcePort":40000,"Transport":"UDP"}',
    from: 'diagnostic settings of a DNS security policy, category DnsResponse: the table DNSQueryLogs, or JSON in a storage account',
    gives: GIVES,
    proves: `${PROVES}; not how long it took`,
  },
  query(record) {
    const properties: JsonRecord = isRecord(record.properties) ? record.properties : record;
    const at = (table: string, stored: string) => memberOf(properties, table) ?? memberOf(properties, stored);
    const client = at('SourceIpAddress', 'srcipaddr');
    const name = at('QueryName', 'query_name');
    if (client === undefined || name === undefined) return null;
    return {
      time: record.time ?? memberOf(record, 'TimeGenerated'),
      client,
      port: at('SourcePort', 'srcport'),
      name,
      type: at('QueryType', 'query_type'),
      class: at('QueryClass', 'query_class'),
      proto: at('Transport', 'transport'),
      rcode: codeNamed(at('ResponseCode', 'response_code')),
    };
  },
});

/** A response code's mnemonic, of its number. */
function codeNamed(value: unknown): unknown {
  const isNumber = typeof value === 'number' || (typeof value === 'string' && /^\d{1,4}$/.test(value));
  return isNumber ? RCODES[Number(value)] : value;
}

export const cloudLogs: readonly Reader[] = [route53Resolver, cloudDns, azureFirewallDns, azureDns];

import { fieldName, type ShownPacket, type ShownRecord } from './packet.js';

/** A frame's first line in `tshark -V`. */
const FRAME = /^Frame (\d{1,9}): \d+ bytes on wire/;
const SECTIONS: Readonly<Record<string, number>> = {
  Answers: 1,
  'Authoritative nameservers': 2,
  'Additional records': 3,
};
/** A layer's heading, and the prefix that its labels get. */
const LAYERS: readonly (readonly [RegExp, string])[] = [
  [FRAME, 'frame'],
  [/^Linux cooked capture/, 'sll'],
  [/^Internet Protocol Version 4\b/, 'ip'],
  [/^Internet Protocol Version 6\b/, 'ipv6'],
  [/^User Datagram Protocol\b/, 'udp'],
  [/^Transmission Control Protocol\b/, 'tcp'],
  [/^Domain Name System \(/, 'dns'],
];
/** What a label is called as a field, by its layer. */
const LABELS: Readonly<Record<string, string>> = {
  'frame/Epoch Time': 'frame.time_epoch',
  'frame/Epoch Arrival Time': 'frame.time_epoch',
  'frame/Arrival Time': 'frame.time',
  'frame/UTC Arrival Time': 'frame.time_utc',
  'frame/Time since reference or first frame': 'frame.time_relative',
  'frame/Frame Number': 'frame.number',
  'frame/Protocols in frame': 'frame.protocols',
  'frame/Interface name': 'frame.interface_name',
  'sll/Interface index': 'sll.ifindex',
  'ip/Identification': 'ip.id',
  'ip/Time to Live': 'ip.ttl',
  'ip/Source Address': 'ip.src',
  'ip/Source': 'ip.src',
  'ip/Destination Address': 'ip.dst',
  'ip/Destination': 'ip.dst',
  'ipv6/Hop Limit': 'ipv6.hlim',
  'ipv6/Hop limit': 'ipv6.hlim',
  'ipv6/Source Address': 'ipv6.src',
  'ipv6/Source': 'ipv6.src',
  'ipv6/Destination Address': 'ipv6.dst',
  'ipv6/Destination': 'ipv6.dst',
  'udp/Source Port': 'udp.srcport',
  'udp/Destination Port': 'udp.dstport',
  'udp/Length': 'udp.length',
  'tcp/Source Port': 'tcp.srcport',
  'tcp/Destination Port': 'tcp.dstport',
  'dns/Length': 'dns.length',
  'dns/Transaction ID': 'dns.id',
  'dns/Flags': 'dns.flags',
  'dns/Questions': 'dns.count.queries',
  'dns/Answer RRs': 'dns.count.answers',
  'dns/Authority RRs': 'dns.count.auth_rr',
  'dns/Additional RRs': 'dns.count.add_rr',
  'query/Name': 'dns.qry.name',
  'query/Type': 'dns.qry.type',
  'query/Class': 'dns.qry.class',
  'record/Name': 'dns.resp.name',
  'record/Type': 'dns.resp.type',
  'record/Class': 'dns.resp.class',
  'record/Time to live': 'dns.resp.ttl',
  'record/Address': 'dns.a',
  'record/AAAA Address': 'dns.aaaa',
  'record/CNAME': 'dns.cname',
  'record/Name Server': 'dns.ns',
  'record/Domain Name': 'dns.ptr.domain_name',
  'record/Primary name server': 'dns.soa.mname',
  "record/Responsible authority's mailbox": 'dns.soa.rname',
  'record/Serial Number': 'dns.soa.serial_number',
  'record/Refresh Interval': 'dns.soa.refresh_interval',
  'record/Retry Interval': 'dns.soa.retry_interval',
  'record/Expire limit': 'dns.soa.expire_limit',
  'record/Minimum TTL': 'dns.soa.minimum_ttl',
  'record/Preference': 'dns.mx.preference',
  'record/Mail Exchange': 'dns.mx.mail_exchange',
  'record/Priority': 'dns.srv.priority',
  'record/Weight': 'dns.srv.weight',
  'record/Port': 'dns.srv.port',
  'record/Target': 'dns.srv.target',
  'record/TXT': 'dns.txt',
  'record/UDP payload size': 'dns.rr.udp_payload_size',
};
const LABELLED = /^( *)\[?([A-Za-z][^:]{0,60}): (.*?)\]?$/;
const PACKET_TYPES: readonly (readonly [RegExp, string])[] = [
  [/^Unicast to us/, '0'],
  [/^Broadcast/, '1'],
  [/^Multicast/, '2'],
  [/^Unicast to another|^Sent to someone else/, '3'],
  [/^Sent by us/, '4'],
];
/** Records of one packet that are kept. */
const MOST_RECORDS = 5000;

/** Whether a line begins a frame of `tshark -V`. */
export function isFrameLine(line: string): boolean {
  return FRAME.test(line);
}

/** Gathers the lines of one frame of `tshark -V`. */
export class VerboseFrame {
  private fields = new Map<string, string[]>();
  private records: { section: number; fields: Map<string, string> }[] = [];
  private layer = '';
  private section = 0;
  private readonly messages: ShownPacket[] = [];

  take(line: string): void {
    if (line[0] !== ' ') this.begin(line);
    const indent = line.length - line.trimStart().length;
    const label = line.trim();
    if (this.layer === 'dns' && indent === 4)
      this.section = label === 'Queries' ? -1 : (SECTIONS[label] ?? 0);
    if (this.section > 0 && indent === 8 && this.records.length < MOST_RECORDS)
      this.records.push({ section: this.section, fields: new Map() });
    this.labelled(line, indent);
  }

  finish(): ShownPacket[] {
    return [...this.messages, this.message()];
  }

  private message(): ShownPacket {
    return { fields: this.fields, records: this.records as ShownRecord[], messages: 1 };
  }

  /** Another message of the segment: what is around it is the same. */
  private next(): void {
    this.messages.push(this.message());
    this.fields = new Map([...this.fields].filter(([name]) => !name.startsWith('dns_')));
    this.records = [];
  }

  private begin(line: string): void {
    this.layer = LAYERS.find(([heading]) => heading.test(line))?.[1] ?? '';
    this.section = 0;
    const number = FRAME.exec(line);
    if (number) this.set('frame.number', number[1]!);
    if (this.layer === 'dns' && this.fields.has('dns_id')) this.next();
  }

  private labelled(line: string, indent: number): void {
    const found = LABELLED.exec(line);
    const record = this.section > 0 ? this.records.at(-1) : undefined;
    if (record && / = DO bit: (?:Accepts|Requests)/.test(line)) record.fields.set('dns_resp_z_do', '1');
    if (!found || indent < 4) return;
    const [, , label, text] = found as unknown as string[];
    if (this.layer === 'sll' && label === 'Packet type') {
      const kind = PACKET_TYPES.find(([words]) => words.test(text!));
      if (kind) this.set('sll.pkttype', kind[1]);
      return;
    }
    const place = record ? 'record' : this.section < 0 ? 'query' : this.layer;
    // an ICMP error shows the packet that it is about deeper than a layer's own labels
    if (place === this.layer && indent > 8) return;
    const field = LABELS[`${place}/${label}`];
    if (field === undefined) return;
    const value = valueOf(field, text!);
    if (record) record.fields.set(fieldName(field), value);
    else this.set(field, value);
  }

  private set(field: string, value: string): void {
    const name = fieldName(field);
    const values = this.fields.get(name);
    if (values) values.push(value);
    else this.fields.set(name, [value]);
  }
}

/** The value without what is said of it: `5 (5 seconds)`, `AAAA (IPv6 Address) (28)`, `0x8503 Standard query response`. */
function valueOf(field: string, text: string): string {
  if (field.endsWith('.type') || field.endsWith('.class'))
    return /\((\d{1,5}|0x[\da-f]{1,4})\)$/.exec(text)?.[1] ?? text.split(' ')[0]!;
  if (/^frame\.time(?:_utc)?$/.test(field) || field === 'dns.txt' || field === 'frame.protocols') return text;
  return text.split(' ')[0]!;
}

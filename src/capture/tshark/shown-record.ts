import { formatAddress, parseAddress } from '../../base/address.js';
import { typeCode } from '../../base/registries.js';
import { presentationName } from '../printed/name-text.js';
import type { PrintedEdns, PrintedRecord } from '../printed/printed-packet.js';
import { type ShownPacket, type ShownRecord, wholeNumber } from './packet.js';

const OPT = 41;
/** Types whose data is one name, with the fields that hold it over tshark's versions. */
const NAME_FIELDS: Readonly<Record<number, readonly string[]>> = {
  2: ['dns_ns'],
  5: ['dns_cname'],
  12: ['dns_ptr_domain_name', 'dns_resp_name_ptr'],
  39: ['dns_dname'],
};
const SOA_NUMBERS = ['serial_number', 'refresh_interval', 'retry_interval', 'expire_limit', 'minimum_ttl'];

/** A name as tshark shows it, in presentation form. */
export function shownName(text: string): string {
  return text === '<Root>' || text === '<root>' ? '.' : presentationName(text);
}

/** A type as a number or a mnemonic; null if it is neither. */
export function shownType(text: string | null | undefined): number | null {
  return text == null ? null : (wholeNumber(text) ?? typeCode(text.replace(/^Type(?=\d)/i, 'TYPE')));
}

/** Reads the records of a packet, and its OPT record. */
export function readRecords(packet: ShownPacket): { records: PrintedRecord[]; edns: PrintedEdns | null } {
  const records: PrintedRecord[] = [];
  let edns: PrintedEdns | null = null;
  const shown = packet.records.length > 0 ? packet.records : flatRecords(packet);
  for (const record of shown) {
    const type = shownType(record.fields.get('dns_resp_type'));
    if (type === OPT) edns ??= readEdns(record);
    else if (type !== null) records.push(readRecord(record, type));
  }
  return { records, edns };
}

function readRecord({ section, fields }: ShownRecord, type: number): PrintedRecord {
  const name = fields.get('dns_resp_name');
  return {
    section,
    name: name === undefined ? null : shownName(name),
    type,
    class: (wholeNumber(fields.get('dns_resp_class')) ?? 1) & 0xffff,
    ttl: wholeNumber(fields.get('dns_resp_ttl')),
    data: dataOf(type, fields),
    text: '',
  };
}

/** Data in presentation form; empty where the form does not show it. */
function dataOf(type: number, fields: ShownRecord['fields']): string {
  const text = (...names: string[]) => names.map((name) => fields.get(name)).find((v) => v !== undefined);
  const named = (name: string | undefined) => (name === undefined ? '' : shownName(name));
  if (type === 1 || type === 28) {
    const bytes = parseAddress(text(type === 1 ? 'dns_a' : 'dns_aaaa') ?? '');
    return bytes ? formatAddress(bytes) : '';
  }
  if (NAME_FIELDS[type]) return named(text(...NAME_FIELDS[type]));
  if (type === 6 && fields.has('dns_soa_mname')) {
    const numbers = SOA_NUMBERS.map((name) => text(`dns_soa_${name}`) ?? '0').join(' ');
    return `${named(text('dns_soa_mname'))} ${named(text('dns_soa_rname'))} ${numbers}`;
  }
  if (type === 15 && fields.has('dns_mx_mail_exchange'))
    return `${text('dns_mx_preference') ?? 0} ${named(text('dns_mx_mail_exchange'))}`;
  if (type === 33 && fields.has('dns_srv_target')) {
    const numbers = ['priority', 'weight', 'port'].map((name) => text(`dns_srv_${name}`) ?? '0').join(' ');
    return `${numbers} ${named(text('dns_srv_target'))}`;
  }
  const string = type === 16 ? text('dns_txt') : undefined;
  return string === undefined ? '' : `"${string.replace(/[\\"]/g, '\\$&')}"`;
}

function readEdns({ fields }: ShownRecord): PrintedEdns {
  return {
    size: (wholeNumber(fields.get('dns_rr_udp_payload_size')) ?? 512) & 0xffff,
    dnssecOk: wholeNumber(fields.get('dns_resp_z_do')) === 1,
    cookieBytes: 0,
    subnet: null,
    extendedError: wholeNumber(fields.get('dns_opt_ext_error_info_code')),
  };
}

/** Fields that a table or EK gives one after the other, put together where their number says whose they are. */
function flatRecords({ fields }: ShownPacket): ShownRecord[] {
  const types = fields.get('dns_resp_type') ?? impliedTypes(fields);
  const counts = ['dns_count_answers', 'dns_count_auth_rr', 'dns_count_add_rr'].map(
    (name) => wholeNumber(fields.get(name)?.at(-1)) ?? null,
  );
  const sectionOf = (i: number) => {
    const [answers, authorities] = counts;
    if (answers == null) return 1;
    return i < answers ? 1 : i < answers + (authorities ?? Infinity) ? 2 : 3;
  };
  const shared = ['dns_resp_name', 'dns_resp_class', 'dns_resp_ttl'].filter(
    (name) => fields.get(name)?.length === types.length,
  );
  const used = new Map<string, number>();
  return types.map((type, i) => {
    const own = new Map<string, string>([['dns_resp_type', type]]);
    for (const name of shared) own.set(name, fields.get(name)![i]!);
    for (const name of dataFields(shownType(type))) {
      const at = used.get(name) ?? 0;
      const value = fields.get(name)?.[at];
      used.set(name, at + 1);
      if (value !== undefined) own.set(name, value);
    }
    return { section: sectionOf(i), fields: own };
  });
}

function dataFields(type: number | null): readonly string[] {
  if (type === 1) return ['dns_a'];
  if (type === 28) return ['dns_aaaa'];
  if (type === 6) return ['dns_soa_mname', 'dns_soa_rname', ...SOA_NUMBERS.map((name) => `dns_soa_${name}`)];
  if (type === 15) return ['dns_mx_preference', 'dns_mx_mail_exchange'];
  if (type === 16) return ['dns_txt'];
  if (type === 33) return ['dns_srv_priority', 'dns_srv_weight', 'dns_srv_port', 'dns_srv_target'];
  if (type === OPT) return ['dns_rr_udp_payload_size', 'dns_resp_z_do'];
  return NAME_FIELDS[type ?? -1] ?? [];
}

/** A table with addresses and aliases but without dns.resp.type. */
function impliedTypes(fields: ShownPacket['fields']): string[] {
  const of = (name: string, type: string) => (fields.get(name) ?? []).filter(Boolean).map(() => type);
  return [...of('dns_cname', '5'), ...of('dns_a', '1'), ...of('dns_aaaa', '28')];
}

/** Texts of about `size` bytes that every reader is given, whether they are of its kind or not. */

const repeated =
  (unit, before = '', after = '') =>
  (size) =>
    Buffer.from(before + unit.repeat(Math.ceil(size / unit.length)) + after);

export const TEXTS = {
  newlines: repeated('\n'),
  'carriage returns': repeated('\r'),
  'lines of blanks': repeated('   \n'),
  blanks: repeated(' '),
  'a line of one word': repeated('a'),
  'a line of words': repeated('a '),
  'one-letter lines': repeated('a\n'),
  dashes: repeated('-'),
  'document ends': repeated('---\n'),
  comments: repeated('# \n'),
  'comments before YAML': repeated('# a b\n', '', 'apiVersion: v1\nkind: Pod\nmetadata: {name: a}\n'),
  'YAML items': repeated('- a: 1\n', 'apiVersion: v1\nkind: List\nitems:\n'),
  'deep YAML': (size) =>
    Buffer.from(Array.from({ length: Math.sqrt(2 * size) }, (_, i) => `${' '.repeat(i)}a:\n`).join('')),
  'one long YAML text': repeated('x\n  ', 'apiVersion: v1\nkind: ConfigMap\ndata:\n  Corefile: |\n  '),
  'empty objects': repeated('{}'),
  'empty objects in a list': repeated('{},', '{"apiVersion":"v1","kind":"List","items":[', '{}]}'),
  'opened lists': repeated('['),
  'opened objects': repeated('{"a":'),
  'an unended string': repeated('\\"', '{"a":"'),
  'quotes and commas': repeated('"",'),
  backslashes: repeated('\\'),
  'opened blocks': repeated('a {\n', '.:53 {\n'),
  'many blocks': repeated('a {\n}\n'),
  'one plugin': repeated('    errors\n', '.:53 {\n'),
  'zero counters': repeated('cpu=0 found=0\n'),
  'fields of one line': repeated('a=1 ', 'cpu=0 '),
  'one date': repeated('Mon Mar  4 10:00:00 UTC 2024\n'),
  'empty resolvers': repeated('search a\n==> x <==\n', 'nameserver 10.0.0.1\n'),
  'a long search list': repeated(' a.b', 'nameserver 10.0.0.1\nsearch'),
  'short packets': repeated('1.0 IP 1.2.3.4.5 > 1.2.3.4.53: 1+ A? a. (1)\n'),
  'a packet that goes on': repeated(
    '    1.2.3.4.5 > 1.2.3.4.53: 1+ A? a. (1)\n',
    '1.0 IP (tos 0x0, ttl 64, proto UDP (17))\n',
  ),
  'short log lines': repeated('[INFO] 1.2.3.4:5 - 1 "A IN a. udp 1 false 1" NOERROR qr 1 1s\n'),
  panics: repeated('\tat a()\n', 'panic: a\n'),
  'opened CRI lines': repeated('2024-01-01T00:00:00Z stdout P a\n'),
  'Docker parts': repeated('{"log":"a","stream":"stdout","time":"2024-01-01T00:00:00Z"}\n'),
  'a screen drawn again': repeated('\u001b[H', 'Every 1.0s: conntrack -S  a\u001b[H'),
  escapes: repeated('\u001b['),
  records: repeated(
    '{"Name":"a.","Type":"A","TTL":1,"ResourceRecords":[{"Value":"1.2.3.4"}]},',
    '{"ResourceRecordSets":[',
    '{}]}',
  ),
  'empty pcap records': (size) =>
    Buffer.concat([
      Buffer.from('d4c3b2a1020004000000000000000000ffff000001000000', 'hex'),
      Buffer.alloc(size),
    ]),
  'pcap records of one byte': (size) => {
    const record = Buffer.from('00e1f565000000000100000001000000aa', 'hex');
    return Buffer.concat([
      Buffer.from('d4c3b2a1020004000000000000000000ffff000001000000', 'hex'),
      ...Array.from({ length: size / 17 }, () => record),
    ]);
  },
  'pcapng sections': (size) => {
    const section = Buffer.from('0a0d0d0a1c0000004d3c2b1a01000000ffffffffffffffff1c000000', 'hex');
    return Buffer.concat(Array.from({ length: size / 28 }, () => section));
  },
};

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bytesOf, ethernet, ipv4, pcap, udp } from '../../fixtures/captures/packets.js';

/** No page, table or terminal may ever see this as an element. */
export const EVIL = 'x-evil';

/** Labels that anyone can put on the wire: control bytes, escape sequences, marks, formulas, markup, what is no UTF-8. */
const LABELS: readonly (string | Uint8Array)[] = [
  '\u001b[31mred\u001b]0;title\u0007',
  '\u001b[2J\u009b2J',
  'a\u0000b\u007f\r\nset-cookie: x',
  '\u202egnp.exe',
  'zero\u200bwidth\ufeff\u2066',
  "=cmd|' /c calc'!a1",
  '+1+1',
  '-2+3',
  '@sum(1)',
  '\t=1+1',
  '\r=1+1',
  `<${EVIL} onload=alert(1)>`,
  `</script><${EVIL}>`,
  `"><${EVIL}>`,
  `' onmouseover='evil()`,
  `--><${EVIL}><!--`,
  `]]><${EVIL}>`,
  '|pipe|pipe|',
  '[link](http://evil.example)',
  '![img](http://evil.example)',
  '`code` **bold** ~~s~~ @someone #1',
  'javascript:alert(1)',
  "'; drop table raw.names; --",
  '\\"\\\\',
  'back\\slash.dot',
  '%s%n%x{}{:n}',
  Uint8Array.of(0xff, 0xfe, 0xc0, 0xaf, 0xed, 0xa0, 0x80),
  new Uint8Array(63).fill(0x1b),
];

/** Names as labels: each label above before a domain, and one of 255 octets that are all escapes. */
export const NAMES: readonly Uint8Array[][] = [
  ...LABELS.map((label) => [bytes(label).subarray(0, 63), bytes('example')]),
  [63, 63, 63, 61].map((length) => new Uint8Array(length).fill(0x07)),
];

/** Texts that come by logs, paths and objects, where they are no names. */
const TEXTS = LABELS.map((label) =>
  typeof label === 'string' ? label : Buffer.from(label).toString('latin1'),
);

function bytes(label: string | Uint8Array): Uint8Array {
  return typeof label === 'string' ? Buffer.from(label) : label;
}

function message(id: number, response: boolean, labels: readonly Uint8Array[]): Buffer {
  const name = labels.flatMap((label) => [label.length, ...label]).concat(0);
  const header = [id >> 8, id & 255, response ? 0x81 : 1, response ? 0x83 : 0, 0, 1, 0, 0, 0, 0, 0, 0];
  return bytesOf(header, name, [0, 1, 0, 1]);
}

/** Writes evidence that is full of hostile texts into a folder; gives its paths, one of which is hostile itself. */
export function writeHostileEvidence(folder: string): string[] {
  const write = (name: string, content: string | Uint8Array) => {
    writeFileSync(join(folder, name), content);
    return join(folder, name);
  };
  const packets = NAMES.flatMap((labels, i) => {
    const at = { seconds: 1767225600 + 6 * i };
    const query = udp(40000 + i, 53, message(i, false, labels));
    const answer = udp(53, 40000 + i, message(i, true, labels));
    const late = { seconds: at.seconds + (i % 3 === 0 ? 2 : 0), fraction: 500 };
    return [
      { bytes: ethernet(0x0800, ipv4('10.0.0.7', '10.96.0.10', 17, query)), ...at },
      ...(i % 5 === 4
        ? []
        : [{ bytes: ethernet(0x0800, ipv4('10.96.0.10', '10.0.0.7', 17, answer)), ...late }]),
    ];
  });
  const lines = TEXTS.flatMap((text, i) => {
    const flat = text.replace(/[\r\n]/g, ' ');
    return [
      `[INFO] 10.0.0.7:${40000 + i} - ${i} "A IN ${flat.replace(/[ "]/g, '_')}.example. udp 40 false 512" NXDOMAIN qr,rd 40 0.001s`,
      `[ERROR] plugin/errors: 2 ${flat.replace(/ /g, '_')}.example. A: read udp 10.1.0.2:4${i}->10.0.0.2:53: ${flat}`,
      `[WARNING] plugin/${i}: ${flat}`,
    ];
  });
  const items = TEXTS.map((text, i) => ({
    kind: 'Pod',
    metadata: { name: text, namespace: text, labels: { [text]: text, app: text } },
    spec: { nodeName: text },
    status: { podIP: i === 0 ? '10.0.0.7' : `10.0.9.${i}`, phase: text },
  }));
  const corefile = `.:53 {\n  errors\n  log\n  forward . 10.0.0.2 ${TEXTS[11]!.replaceAll(' ', '_')}\n}\n`;
  return [
    write('capture.pcap', pcap(1, packets)),
    write(`=1+1 <${EVIL}> \u001b[31m \u202e|x|.log`, `${lines.join('\n')}\n`),
    write('cluster.json', JSON.stringify({ kind: 'List', items })),
    write('Corefile', corefile),
    write(
      'resolv.conf',
      `nameserver 10.96.0.10\nsearch <${EVIL}> \u001b[31m.example =1+1\noptions ndots:5\n`,
    ),
  ];
}

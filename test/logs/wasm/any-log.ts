import fc from 'fast-check';

// Logs that two readers are compared on: mostly query lines of the common form, an odd part in some, others between them.

/** Parts of a query line in the log plugin's common format. */
interface Parts {
  level: string;
  client: string;
  port: string;
  id: string;
  type: string;
  class: string;
  name: string;
  protocol: string;
  size: string;
  dnssecOk: string;
  buffer: string;
  rcode: string;
  flags: string;
  reply: string;
  duration: string;
  tail: string;
}

const written = (q: Parts) =>
  `${q.level} ${q.client}:${q.port} - ${q.id} "${q.type} ${q.class} ${q.name} ${q.protocol} ${q.size} ${q.dnssecOk} ${q.buffer}" ${q.rcode} ${q.flags} ${q.reply} ${q.duration}${q.tail}`;

const number = (most: number) => fc.nat(most).map(String);
const name = fc
  .array(fc.constantFrom('a', 'b1', '_dns', 'example', 'svc', 'long'.repeat(15)), { maxLength: 7 })
  .map((labels) => `${labels.join('.')}.`);

/** Those that WebAssembly reads. */
const common: fc.Arbitrary<Parts> = fc.record({
  level: fc.constant('[INFO]'),
  client: fc.oneof(
    fc.nat(60).map((host) => `10.0.0.${host}`),
    fc.constantFrom('[fd00::1]', '[::1]', '[::ffff:10.0.0.1]', '[fe80::1%eth0]'),
  ),
  port: number(65535),
  id: number(65535),
  type: fc.constantFrom('A', 'AAAA', 'HTTPS', 'TYPE65280', 'PTR'),
  class: fc.constant('IN'),
  name,
  protocol: fc.constantFrom('udp', 'tcp'),
  size: number(4096),
  dnssecOk: fc.constantFrom('false', 'true'),
  buffer: number(4096),
  rcode: fc.constantFrom('NOERROR', 'NXDOMAIN', 'SERVFAIL', 'BADVERS'),
  flags: fc.constantFrom('qr,aa,rd', 'qr,rd,ra', 'qr,aa,rd,ra', 'qr,tc', '', '-'),
  reply: number(4096),
  duration: fc.nat(3_000_000_000).map((nanos) => `${(nanos / 1e9).toFixed(9).replace(/\.?0+$/, '')}s`),
  tail: fc.constantFrom('', '', ' "0"', ' "5"'),
});

const NUMBERS = ['00007', '65536', '999999999', '1000000000', '4294967296', '-1', ''];
const digits = fc
  .tuple(fc.bigInt(0n, 10n ** 21n), fc.nat(21))
  .map(([value, point]) => `${String(value).replace(new RegExp(`(?=.{${point}}$)`), '.')}s`);
const odd = <Name extends keyof Parts>(part: Name, ...values: string[]) =>
  fc.constantFrom(...values).map((value) => ({ [part]: value }));

/** What may stand in the place of a part. */
const oddity: fc.Arbitrary<Partial<Parts>> = fc.oneof(
  odd('level', '[INFO]:', '[ERROR]', '[info]', '', '\x1b[32m[INFO]\x1b[0m', '\0[INFO]'),
  odd('client', '10.0.0.256', '10.0.0', '010.0.0.1', '[10.0.0.1]', '[]', '[fd00::g]', 'fd00::1', 'REDACTED', ''),
  odd('port', ...NUMBERS),
  odd('id', ...NUMBERS, '[07/Sep/2018:15:29:11 +0000] 7'),
  odd('type', 'NONSENSE', 'None', '', '\x1b[1mA'),
  odd('class', 'CH', 'ANY', ''),
  odd('name', 'A.Example.', 'a\\032b.', 'dotless', '..', '"q".', 'é.example.', 'a\tb.', '\x1b[1ma.example.', `${'a.'.repeat(511)}`, ''),
  odd('protocol', 'dot', 'UDP', ''),
  odd('size', ...NUMBERS),
  odd('dnssecOk', 'maybe', 'truth', ''),
  odd('buffer', ...NUMBERS),
  odd('rcode', 'WHAT', '-', 'NOTIMPL', ''),
  odd('flags', '-x', '7', 'x'.repeat(64), 'x'.repeat(65), 'qr,\x1b[1maa', 'é'),
  odd('reply', ...NUMBERS),
  odd('duration', '1.5ms', '544µs', '1m2s', '.5s', '1.s', '0.1', '1e-7s', '0.1ss', '999999999999999s', '9999999999999999s'),
  digits.map((duration) => ({ duration })),
  odd('tail', ' ', '\t', ' "16"', ' "0', ' ""', ' "0" ', ' more', '\r', '\0'),
); // prettier-ignore

/** A query line of the very form that WebAssembly reads, with little that varies. */
export const commonQuery = fc
  .tuple(common, fc.nat(9), fc.nat(8), fc.constantFrom('qr', 'qr,rd', 'qr,ra', 'qr,aa', 'qr,ad', 'qr,cd'))
  .map(([q, host, place, flags]) =>
    written({ ...q, client: `10.0.0.${host}`, name: `n${place}.example.`, flags }),
  );

const query = fc
  .tuple(common, fc.option(oddity, { freq: 3 }))
  .map(([parts, instead]) => written({ ...parts, ...instead }));

const OTHERS = [
  '[INFO] plugin/reload: Running configuration SHA512 = 1',
  '[ERROR] plugin/errors: 2 a.example. A: read udp 10.0.0.1:1->10.0.0.2:53: i/o timeout',
  '[PANIC] runtime error',
  'goroutine 1 [running]:',
  '\tmain.go:1 +0x1',
  '.:53',
  'hello',
  '',
  '[INFO] 10.0.0.1:1 - 2 "A IN a.exa',
  '[INFO] 10.0.0.1:1',
  '{"log":"[INFO] 10.0.0.1:1 - 2 \\"A IN a.example. udp 40 false 1232\\" NOERROR qr 90 0.1s\\n","stream":"stdout","time":"2026-01-02T03:04:05Z"}',
  `[INFO] 10.0.0.1:1 - 2 "A IN ${'a'.repeat(65536)}. udp 40 false 1232" NOERROR qr 90 0.1s`,
  '9'.repeat(65536),
];
const text = fc.oneof({ weight: 20, arbitrary: query }, { weight: 1, arbitrary: fc.constantFrom(...OTHERS) });

const minutes = fc.constantFrom(
  '2026-01-02T03:04',
  '2026-01-02T03:05',
  '2024-02-29T23:59',
  '2099-12-30T23:59',
);
const oddMinutes = fc.constantFrom(
  '2026-02-30T00:00',
  '1999-12-31T23:59',
  '2106-02-07T06:28',
  '2199-12-31T23:59',
  '2250-01-01T00:00',
  '2026-01-02 03:04',
  '2026-01-02T24:00',
);
const seconds = fc.integer({ min: 0, max: 60 }).map((second) => String(second).padStart(2, '0'));
const fractions = fc.nat(999_999_999).map((nanos) => `.${String(nanos).padStart(9, '0')}`);
const oddFractions = fc.constantFrom('', '.5', '.123456', '.', ',5', '.1234567890123');
const zones = fc.constantFrom('Z', '+08:00', '-03:30');
const oddZones = fc.constantFrom('z', '+0800', '+24:00', '+08:60', '+8:00', '', '+08.00');
const mostly = (usual: fc.Arbitrary<string>, other: fc.Arbitrary<string>) =>
  fc.oneof({ weight: 15, arbitrary: usual }, { weight: 1, arbitrary: other });

/** Times, mostly of RFC 3339. */
const time = fc
  .tuple(
    mostly(minutes, oddMinutes),
    mostly(seconds, fc.constantFrom('61', '6', 'xx')),
    mostly(fractions, oddFractions),
    mostly(zones, oddZones),
  )
  .map(([minute, second, fraction, zone]) => `${minute}:${second}${fraction}${zone}`);

/** What is around the lines of a log, of whatever it was taken from; most have one form of it. */
const wrappers: readonly ((time: string) => string)[] = [
  () => '',
  (at) => `${at} `,
  (at) => `${at} stdout F `,
  () => '[pod/coredns-a/coredns] ',
  (at) => `[pod/coredns-b/coredns] ${at} `,
  (at) => `[pod/coredns-b/coredns] ${at} stdout F `,
];
const oddWrappers: typeof wrappers = [
  (at) => `${at} stderr F `,
  (at) => `${at} stdout P `,
  (at) => `${at} stdout F:x `,
  (at) => `${at}\t`,
  (at) => `${at}  `,
  () => '[pod/] ',
  () => '[pod/a b] ',
  () => `[pod/${'a'.repeat(600)}] `,
  () => '[coredns-a] ',
  () => '2 ',
  () => '[p',
];

/** Octets that are lost, and others in their place. */
const edit = fc.record({ at: fc.nat(160), drop: fc.nat(3), put: fc.uint8Array({ maxLength: 3 }) });
const feed = mostly(fc.constant('\n'), fc.constantFrom('\r\n', '\r\r\n'));

const line = (wrapper: fc.Arbitrary<(time: string) => string>) =>
  fc.tuple(wrapper, time, text, fc.option(edit, { freq: 8 }), feed).map(([wrap, at, said, damage, end]) => {
    const bytes = Buffer.from(wrap(at) + said);
    const whole = damage
      ? [bytes.subarray(0, damage.at), damage.put, bytes.subarray(damage.at + damage.drop)]
      : [bytes];
    return Buffer.concat([...whole, Buffer.from(end)]);
  });

/** Lines that are wrapped alike, with a few among them that are not. */
const lines = fc
  .constantFrom(...wrappers)
  .chain((wrapper) =>
    fc.array(
      line(
        fc.oneof(
          { weight: 10, arbitrary: fc.constant(wrapper) },
          { weight: 1, arbitrary: fc.constantFrom(...wrappers, ...oddWrappers) },
        ),
      ),
      { maxLength: 12 },
    ),
  );

export const log = fc
  .tuple(fc.array(lines, { minLength: 1, maxLength: 4 }), fc.constantFrom('', '[INFO] 10.0.0.1:1 - 2'))
  .map(([runs, rest]) => Buffer.concat([...runs.flat(), Buffer.from(rest)]));

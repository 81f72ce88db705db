import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { pcapReader } from '../../../src/capture/index.js';
import { tsharkReader } from '../../../src/capture/tshark/index.js';
import { readBytes, type Reading } from '../../support/memory-sink.js';

const capture = (name: string) => readBytes(pcapReader, readFileSync(`fixtures/captures/${name}.pcap`));
const printed = (name: string) => readFileSync(`fixtures/tshark/${name}`);
const sniff = (text: string | Uint8Array) => tsharkReader.sniff(Buffer.from(text), 'x');
const messages = (reading: Reading) => reading.rows.messages ?? [];

const WHOLE = ['verbose.txt', 'json', 'ek.json'];

describe.each(['sll2', 'tcp'])('what tshark prints of %s.pcap', (name) => {
  test.each(WHOLE)('as %s gives the rows of the capture', async (form) => {
    const reading = await readBytes(tsharkReader, printed(`${name}.${form}`));
    const whole = await capture(name);
    expect(messages(reading)).toEqual(messages(whole));
    expect(reading.rows.answers).toEqual(whole.rows.answers);
    expect(reading.problems).toEqual([]);
    expect(sniff(printed(`${name}.${form}`))).toBe(1);
  });

  test('as a packet list gives what it shows, and says what it does not', async () => {
    const reading = await readBytes(tsharkReader, printed(`${name}.txt`));
    const shown = ({ frame, src_id, dst_id, txid, qname_id, qtype, rcode, answers }: Record<string, unknown>) => ({
      frame, src_id, dst_id, txid, qname_id, qtype, rcode, answers,
    }); // prettier-ignore
    const whole = messages(await capture(name));
    const asked = messages(reading).map((row) => `${String(row.frame)} ${String(row.qname_id)}`);
    expect(messages(reading).map(shown)).toEqual(
      whole.filter((row) => asked.includes(`${String(row.frame)} ${String(row.qname_id)}`)).map(shown),
    );
    expect(reading.problems.map(({ code }) => code)).toContain('ports-not-shown');
  });
});

test('a table of fields with a header gives the rows of the capture', async () => {
  const reading = await readBytes(tsharkReader, printed('sll2.fields.txt'));
  expect(messages(reading)).toEqual(messages(await capture('sll2')));
});

describe('packet lists', () => {
  test('are read as older versions print them, whose responses leave the question out', async () => {
    const text =
      '  1   0.000000   10.1.1.2 -> 10.9.0.10 DNS 107 Standard query 0x9ac7  A db.example\n' +
      '  2   0.000236 10.9.0.10 -> 10.1.1.2   DNS 107 Standard query response 0x9ac7  A 192.0.2.8\n';
    const [query, response] = messages(await readBytes(tsharkReader, text));
    expect(response).toMatchObject({
      qname_id: 'db.example',
      qtype: 1,
      answers: 1,
      src_port: 53,
      dst_port: 0,
    });
    expect(response!.key).toBe(query!.key);
  });

  test('are read as Wireshark exports them', async () => {
    const text =
      '"No.","Time","Source","Destination","Protocol","Length","Info"\n' +
      '"7","1.500000","10.1.1.2","10.9.0.10","DNS","70","Standard query 0x0001 AAAA a.example"\n' +
      '"8","6.500000","10.9.0.10","10.1.1.2","DNS","130","Standard query response 0x0001 No such name AAAA a.example SOA ns.example"\n' +
      '"9","6.600000","10.9.0.10","10.1.1.2","TCP","54","53 → 40000 [ACK] Seq=1"\n';
    const reading = await readBytes(tsharkReader, text);
    expect(messages(reading)).toMatchObject([
      { frame: 7, time: 1500000000n, qname_id: 'a.example', qtype: 28, flags: 0 },
      { frame: 8, time: 6500000000n, qname_id: 'a.example', rcode: 3, answers: 0, authorities: 1 },
    ]);
    expect(reading.timeBase).toBe('day');
    expect(sniff(text)).toBe(1);
  });

  test('a line that is no packet is a problem with its line', async () => {
    const text =
      '    1   0.000000 10.1.1.2 → 10.9.0.10 DNS 70 Standard query 0x0001 A a.example\nwhat is this\n';
    const { problems } = await readBytes(tsharkReader, text);
    expect(problems).toContainEqual(expect.objectContaining({ code: 'unknown-line', position: 'line 2' }));
  });
});

test('the packet that an ICMP error quotes is no message', async () => {
  const layers = {
    frame: { 'frame.protocols': 'eth:ethertype:ip:icmp:ip:udp:dns' },
    dns: { 'dns.id': '0x0001' },
  };
  const reading = await readBytes(tsharkReader, JSON.stringify([{ _source: { layers } }]));
  expect(messages(reading)).toEqual([]);
  expect(reading.rows.frames).toMatchObject([{ kind: 'icmp-error-of-dns' }]);
});

test('no text makes it fail', async () => {
  const texts = WHOLE.map((form) => printed(`tcp.${form}`).toString()).concat(printed('sll2.txt').toString());
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...texts),
      fc.nat(20000),
      fc.string({ maxLength: 20 }),
      async (text, at, noise) => {
        const place = at % text.length;
        await readBytes(tsharkReader, text.slice(0, place) + noise + text.slice(place + noise.length));
      },
    ),
    { numRuns: 60 },
  );
});

describe('fields without a header', () => {
  const COMMAND =
    "$ sudo tshark -i any -f 'udp port 53' -T fields -e frame.time_epoch -e ip.src -e ip.dst -e dns.id -e dns.qry.name";
  const ROWS = [
    '1788000000.25\t10.9.0.7\t10.96.0.10\t0x1a2b\tdb.shop.example',
    '1788000005.25\t10.9.0.7\t10.96.0.10\t0x1a2c\tdb.shop.example',
  ];

  test('are read by the command that names them', async () => {
    const text = [COMMAND, ...ROWS].join('\n');
    expect(sniff(text)).toBe(1);
    const reading = await readBytes(tsharkReader, text);
    expect(messages(reading)).toMatchObject([
      { src_id: '10.9.0.7', txid: 0x1a2b, qname_id: 'db.shop.example' },
      { src_id: '10.9.0.7', txid: 0x1a2c },
    ]);
  });

  test('may be asked for first of all', async () => {
    const reading = await readBytes(
      tsharkReader,
      [
        "tshark -Tfields -e frame.time_epoch -e ip.src -e ip.dst -e dns.id -e 'dns.qry.name' -E separator=, -r a.pcap",
        '1788000000.25,10.9.0.7,10.96.0.10,0x1a2b,db.shop.example',
      ].join('\n'),
    );
    expect(messages(reading)).toMatchObject([{ txid: 0x1a2b, qname_id: 'db.shop.example' }]);
  });

  test('are none where the tabs are gone, nor is the command alone', () => {
    expect(sniff([COMMAND, ...ROWS.map((row) => row.replaceAll('\t', '    '))].join('\n'))).toBe(0);
    expect(sniff(COMMAND)).toBe(0);
  });
});

test('a packet list of an old tshark has whole seconds, and blanks before the question', async () => {
  const text = `  1          0 aa:bb:cc:00:00:01 ->              ARP 44 Who has 10.9.0.1?  Tell 10.9.0.7
  2          0  10.9.0.7 -> 10.96.0.10   DNS 109 Standard query 0xad93  A db.shop.example
  3          5  10.9.0.7 -> 10.96.0.10   DNS 109 Standard query 0xad93  A db.shop.example
`;
  expect(sniff(text)).toBeGreaterThan(0.5);
  const reading = await readBytes(tsharkReader, text);
  expect(messages(reading).map(({ qname_id, txid, time }) => [qname_id, txid, time])).toEqual([
    ['db.shop.example', 0xad93, 0n],
    ['db.shop.example', 0xad93, 5_000_000_000n],
  ]);
});

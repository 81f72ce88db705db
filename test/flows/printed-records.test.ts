import { expect, test } from 'vitest';
import { readBytes } from '../support/memory-sink.js';
import { gadget, hubble, hubbleLines, json, readerOf, suricata, ZEEK } from './samples.js';

test('a row of Zeek without an answer is a query, and one without a time between both an answer alone', async () => {
  const { rtt: _rtt, rcode: _rcode, ...unanswered } = ZEEK;
  const rows = json(unanswered, {
    ...unanswered,
    rcode: 0,
    answers: ['cdn.example', '192.0.2.7'],
    TTLs: [60.0, 30.0],
  });
  const reading = await readBytes(readerOf('zeek-dns-json'), rows);
  expect(reading.rows['messages']!.map(({ flags, answers }) => [Number(flags) >= 0x8000, answers])).toEqual([
    [false, 0],
    [true, 2],
  ]);
  expect(reading.rows.answers).toMatchObject([
    { name_id: 'db.example', type: 5, data_id: 'cdn.example', ttl: 60 },
    { name_id: 'cdn.example', type: 1, data_id: '192.0.2.7', ttl: 30 },
  ]);
});

test('an alias leads to the next, and the last has the addresses, whatever lists them', async () => {
  const of = hubble('RESPONSE').flow;
  const dns = { ...of.l7.dns, rcode: 0, ttl: 30, cnames: ['a.example.', 'b.example.'], ips: ['192.0.2.7', '2001:db8::7', 'none'] };
  const said = '"192.0.2.7,2001:db8::7" CNAMEs: "a.example.,b.example." TTL: 30 (Proxy db.example. A)';
  const line = hubbleLines.split('\n')[1]!.replace(/\(DNS Answer .*/, `(DNS Answer ${said})\n`);
  const forms = { 'hubble-flows': json({ flow: { ...of, l7: { ...of.l7, dns } } }), 'hubble-lines': line };
  for (const [kind, text] of Object.entries(forms)) {
    const { answers } = (await readBytes(readerOf(kind), text)).rows;
    expect(answers!.map(({ name_id: owner, type, data_id: data, ttl }) => [owner, type, data, ttl])).toEqual([
      ['db.example', 5, 'a.example', 30],
      ['a.example', 5, 'b.example', 30],
      ['b.example', 1, '192.0.2.7', 30],
      ['b.example', 28, '2001:db8::7', 30],
    ]);
  }
}); // prettier-ignore

test("the gadget's addresses are told apart, listed or with commas", async () => {
  for (const addresses of ['192.0.2.7, 192.0.2.8', ['192.0.2.7', '192.0.2.8']]) {
    const answered = { ...gadget('R'), rcode: 'Success', rcode_raw: 0, addresses };
    const { answers } = (await readBytes(readerOf('gadget-trace-dns'), json(answered))).rows;
    expect(answers!.map(({ data_id: data }) => data)).toEqual(['192.0.2.7', '192.0.2.8']);
  }
});

test("Suricata's answers that are only grouped by type are answers", async () => {
  const grouped = { A: ['192.0.2.7', '192.0.2.8'], CNAME: ['db.example'] };
  const { rows } = await readBytes(
    readerOf('suricata-eve'),
    json(suricata(2, 'answer', { grouped, rcode: 'NOERROR' })),
  );
  expect(rows.messages).toMatchObject([{ answers: 3 }]);
  expect(rows.answers).toHaveLength(3);
});

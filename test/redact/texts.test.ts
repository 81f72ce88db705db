import { describe, expect, it } from 'vitest';
import { Pseudonyms } from '../../src/redact/pseudonyms.js';

const pseudonyms = new Pseudonyms(Buffer.alloc(32, 7));
const line = (text: string) => pseudonyms.redact('line', text);
const name = (text: string) => pseudonyms.redact('name', text);
const address = (text: string) => pseudonyms.redact('address', text);
const port = (number: number) => String(pseudonyms.ports.of[number]);

describe('pseudonyms of texts', () => {
  it("keeps an error line's form, with the pseudonyms that its name, addresses and ports have elsewhere", () => {
    expect(
      line('[ERROR] plugin/errors: 2 pay.shop.example. A: read udp 10.1.2.3:40123->10.9.8.7:53: i/o timeout'),
    ).toBe(
      `[ERROR] plugin/errors: 2 ${name('pay.shop.example.')} A: read udp ${address('10.1.2.3')}:${port(40123)}->${address('10.9.8.7')}:53: i/o timeout`,
    );
  });

  it('hides every word that it does not know', () => {
    expect(line('[INFO] acme Hauptbuch started by jdoe@acme.example')).not.toMatch(/acme|hauptbuch|jdoe/i);
    expect(line('password=hunter2 token: abcdef')).not.toMatch(/hunter2|abcdef/);
    expect(line('C:\\Users\\jdoe\\capture')).not.toContain('jdoe');
  });

  it('hides numbers that could be a port or an account in lines, and keeps those of its own sentences', () => {
    expect(line('account 123456789012 port 40123 took 2.5 s')).not.toMatch(/123456789012|40123/);
    expect(line('took 2.5s of 30')).toBe('took 2.5s of 30');
    expect(pseudonyms.redact('sentence', 'cut in frame 123456 at byte 98765432')).toBe(
      'cut in frame 123456 at byte 98765432',
    );
  });

  it('keeps addresses of IPv6 in brackets what they are', () => {
    expect(line('dial tcp [fd12::5]:40123: connection refused')).toContain(`[${address('fd12::5')}]:`);
    expect(line('dial tcp [fd12::5]:40123: connection refused')).not.toMatch(/fd12::5|40123/);
    expect(pseudonyms.redact('word', '[fd12::5]:53')).toBe(`[${address('fd12::5')}]:53`);
  });

  it('keeps what a configuration says of plugins, and hides whose it is', () => {
    const json = (value: unknown) => JSON.parse(pseudonyms.redact('json', JSON.stringify(value))) as unknown;
    expect(json([['max_concurrent', '1000'], ['force_tcp'], ['lameduck', '5s']])).toEqual([
      ['max_concurrent', '1000'], ['force_tcp'], ['lameduck', '5s'],
    ]); // prettier-ignore
    expect(json(['.', '/etc/resolv.conf', ':8080', '10.1.2.3'])).toEqual([
      '.',
      '/etc/resolv.conf',
      ':8080',
      address('10.1.2.3'),
    ]);
    expect(json({ 'k8s-app': 'kube-dns', team: 'payments' })).toEqual({
      'k8s-app': 'kube-dns',
      [name('team')]: name('payments'),
    });
    expect(json([{ name: 'dns-tcp', port: 53, protocol: 'TCP' }, { name: 'ledger', port: 40123 }])).toEqual([
      { name: 'dns-tcp', port: 53, protocol: 'TCP' }, { name: name('ledger'), port: Number(port(40123)) },
    ]); // prettier-ignore
    expect(pseudonyms.redact('json', 'not json: acme')).not.toContain('acme');
  });

  it('replaces record data by its type', () => {
    const data = (type: string, text: string) => pseudonyms.redact('record-data', text, type);
    expect(data('1', '10.1.2.3')).toBe(address('10.1.2.3'));
    expect(data('CNAME', 'lb.acme.example')).toBe(name('lb.acme.example'));
    expect(data('A', 'lb.acme.example')).toBe(name('lb.acme.example'));
    expect(data('33', '0 100 53 ns.acme.example')).toBe(`0 100 53 ${name('ns.acme.example')}`);
    expect(data('6', 'ns.acme.example root.acme.example 2026 7200 900 86400 30')).toBe(
      `${name('ns.acme.example')} ${name('root.acme.example')} 2026 7200 900 86400 30`,
    );
    expect(data('16', '"v=spf1 include:acme.example"')).toMatch(/^"[a-z2-7]{16}"$/);
    expect(data('65280', '\\# 4 61636d65')).toMatch(/^"[a-z2-7]{16}"$/);
  });

  it('keeps the kind of a file and nothing else of its path', () => {
    expect(pseudonyms.redact('path', '/home/jdoe/acme/capture.pcap.gz')).toMatch(/^[a-z2-7]{10}\.pcap\.gz$/);
    expect(pseudonyms.redact('path', '-')).toBe('-');
  });

  it('leaves the ports of the system and of DNS servers, and permutes the others within their range', () => {
    const { of } = pseudonyms.ports;
    expect([53, 443, 1023, 5353, 9153].map((at) => of[at])).toEqual([53, 443, 1023, 5353, 9153]);
    expect(new Set(of).size).toBe(65536);
    expect(of.slice(32768).every((shown) => shown >= 32768)).toBe(true);
    expect(of.slice(32768).filter((shown, i) => shown === 32768 + i).length).toBeLessThan(20);
  });
});

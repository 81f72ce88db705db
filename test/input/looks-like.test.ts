import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { looksLike } from '../../src/input/looks-like.js';

const tar = Buffer.alloc(512);
tar.write('ustar', 257);

describe('looksLike', () => {
  it.each([
    ['\x7fELF\x02', /a program \(ELF\)/],
    ['%PDF-1.7', /PDF/],
    ['\x89PNG\r\n', /PNG/],
    ['{\n  "format": "dnslens-collect/1",', /is the manifest of dnslens collect/],
    ['PK\x03\x04', /zip archive inside too many archives/],
    ['BZh91AY', /bunzip2/],
    ['SQLite format 3\0', /SQLite/],
    ['\0\0\0\0\0\0\0\0DUCK', /name it with --db/],
    ['LPKSHHRH', /journalctl/],
    ['snoop\0\0\0', /editcap/],
    ['  <!DOCTYPE html><html>', /HTML page/],
    ['{\n  "a": 1}', /looks like JSON .*\{ 'a': 1\}"/],
    ['Dear all,\nplease find', /looks like text .*"Dear all,"; expected: a capture/],
    ['[INFO] A IN a.example. - -\n', /CoreDNS log in a format of its own/],
    ['{"k8s":{"node":"n"},"qr":"Q"}\n', /Inspektor Gadget/],
    ['[2026-01-02T03:04:05.678Z] "GET / HTTP/1.1" 200 -\n', /Envoy access log; it has no DNS/],
    ['1 12:00:00.123456789 0 coredns (123) > sendto fd=3\n', /sysdig/],
    ['NAME READY STATUS\n', /kubectl get/],
    [
      'Name:         deny\nNamespace:    shop\nSpec:\n  PodSelector:     <none>\n',
      /^is a NetworkPolicy as kubectl describe prints it/,
    ],
    ['[Status] Command line: dnsperf -s 10.96.0.10\n', /dnsperf or resperf prints/],
    ['$ tshark -r a.pcap -T fields -e dns.id -e ip.src\n0x12 10.9.0.7\n', /-E separator=,/],
    [
      'Events:\n  Type     Reason   Age   From     Message\n  ----     ------   ----  ----     -------\n',
      /without the object that they are of/,
    ],
    ['...\n    Ready:          False\n    Restart Count:  8\nConditions:\n', /from `Name:` on/],
    [
      'Aug 29 16:10:09.388: a/b:5 (ID:1) <> kube-system/dns-1:53 (ID:2) Policy denied DROPPED (UDP)\n',
      /a network policy dropped some to port 53/,
    ],
    [
      '2026/05/01 10:01:04 [error] 2#2: *1 db.example could not be resolved (110: Operation timed out), client: 10.9.1.1\n',
      /program's log of a lookup that failed/,
    ],
    ['Chain KUBE-SERVICES (2 references)\n', /firewall rules/],
    ['table ip nat {\n', /firewall rules/],
    ['IP Virtual Server version 1.2.1 (size=4096)\n', /endpointslices/],
    ['2: eth0: <BROADCAST,UP> mtu 9001 qdisc mq\n', /ethtool -S/],
    ['default via 10.0.0.1 dev eth0\n', /routes/],
    ['PING a.example (10.0.0.1) 56 data bytes\n', /no DNS/],
    ['    time_namelookup:  5.004\n', /curl/],
    ['curl: (6) Could not resolve host: a.example\n', /curl/],
    ['Error: getaddrinfo EAI_AGAIN a.example\n', /names no DNS server/],
    ['10.9.8.7\n10.9.8.8\n', /dig/],
    ['<!doctype html>\n<p>getaddrinfo ENOTFOUND a.example\n', /HTML page/],
    ['# HELP up Whether it is.\n', /none of them CoreDNS's/],
    ['0000  45 00 00 1c 00 01 00 00 40 11\n', /text2pcap/],
    ['1\t1795359270.5\t10.0.0.1\t10.0.0.2\n', /header=y/],
    ['PERFILE2', /perf/],
    [
      '-> Request dns from 2147 ([k8s:app=a]) to 578 ([k8s:k8s-app=kube-dns]), identity 1->2, verdict Forwarded DNS Query: a.example. A\n',
      /cilium monitor .*hubble observe/,
    ],
    ['{"time_":1,"req_header":"{\\"txid\\":1}","resp_header":"{}"}\n', /Pixie/],
    ['Jan 02 03:04:05 msg="Question" subsystem="syncres" level="0" qname="a.example"\n', /PowerDNS .*dnstap/],
    [
      '[2026-01-02 03:04:05 UTC] [10.0.0.2:26593] QNAME: a.example; QTYPE: A; QCLASS: IN; RCODE: NoError; ANSWER: []\n',
      /Technitium/,
    ],
    [
      'Jan  2 03:04:05 n1 systemd-resolved[7]: Positive Trust Anchors:\n',
      /systemd-resolved .*log-level debug/,
    ],
    [' \n\t\n', /white space/],
    ['\x00\x01\x02\x03', /binary data/],
  ])('names what starts with %j', (head, says) => {
    expect(looksLike(Buffer.from(head, 'latin1'))).toMatch(says);
  });

  it('names a tar archive, whose mark stands further on', () => {
    expect(looksLike(tar)).toMatch(/tar -xf/);
  });

  it('says one printable line whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 600 }), (head) => {
        expect(looksLike(head)).toMatch(/^[\x20-\x7e]{1,400}$/);
      }),
    );
  });
});

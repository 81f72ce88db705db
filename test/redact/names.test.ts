import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AddressPseudonyms } from '../../src/redact/addresses.js';
import { LabelPseudonyms } from '../../src/redact/labels.js';
import { NamePseudonyms } from '../../src/redact/names.js';
import { PseudonymMaker } from '../../src/redact/pseudonym.js';

const maker = new PseudonymMaker(Buffer.alloc(32, 7));
const addresses = new AddressPseudonyms(maker);
const names = new NamePseudonyms(maker, new LabelPseudonyms(maker, addresses), addresses);
const redact = (name: string) => names.redact(name);

const label = fc.stringMatching(/^[a-z0-9_]([a-z0-9]{0,6}-?[a-z0-9]{1,4})?$/);
const name = fc.array(label, { minLength: 1, maxLength: 3 }).map((labels) => labels.join('.'));

describe('pseudonyms of names', () => {
  it('keeps a suffix the suffix of what had it, and the number of labels', () => {
    fc.assert(
      fc.property(name, name, (base, suffix) => {
        fc.pre(!/^\d+\./.test(`${base}.`) && !/^\d+\./.test(suffix));
        expect(redact(`${base}.${suffix}`)).toBe(`${redact(base)}.${redact(suffix)}`);
        expect(redact(base).split('.')).toHaveLength(base.split('.').length);
      }),
    );
  });

  it("keeps the cluster's own labels, top-level domains and the names of protocols", () => {
    expect(redact('default.svc.cluster.local')).toBe('default.svc.cluster.local');
    expect(redact('kube-dns.kube-system.svc.cluster.local')).toBe('kube-dns.kube-system.svc.cluster.local');
    expect(redact('_dns._udp.payments.shop.svc.cluster.local')).toMatch(
      /^_dns\._udp\.[a-p][a-z2-7]{9}\.[a-p][a-z2-7]{9}\.svc\.cluster\.local$/,
    );
    expect(redact('hooks.slack.com')).toMatch(/^[a-z2-7]{10}\.[a-z2-7]{10}\.com$/);
    expect(redact('*.corp.example')).toMatch(/^\*\.[a-z2-7]{10}\.example$/);
  });

  it('does not keep a brand that is a top-level domain too', () => {
    expect(redact('www.google.com')).not.toContain('google');
    expect(redact('vault.amazon')).not.toContain('amazon');
  });

  it('lets the name of a pod begin with the name of its workload', () => {
    const workload = redact('app-a');
    expect(redact('app-a-6d4cf56db6')).toMatch(new RegExp(`^${workload}-[a-z2-7]{6}$`));
    expect(redact('app-a-6d4cf56db6-aaaaa').startsWith(`${redact('app-a-6d4cf56db6')}-`)).toBe(true);
    expect(redact('coredns-6d4cf56db6-x2x4b')).toMatch(/^coredns-[a-z2-7]{6}-[a-z2-7]{6}$/);
  });

  it('replaces addresses in names as addresses', () => {
    const shown = addresses.redact('10.1.2.3')!;
    expect(redact('ip-10-1-2-3.ec2.internal')).toBe(`ip-${shown.replaceAll('.', '-')}.ec2.internal`);
    expect(redact('10-1-2-3.shop.pod.cluster.local')).toMatch(
      new RegExp(`^${shown.replaceAll('.', '-')}\\.`),
    );
    expect(redact('3.2.1.10.in-addr.arpa')).toBe(`${shown.split('.').toReversed().join('.')}.in-addr.arpa`);
    expect(redact('3.2.1.10.in-addr.arpa.svc.cluster.local')).toBe(
      `${redact('3.2.1.10.in-addr.arpa')}.svc.cluster.local`,
    );
    expect(redact('10.1.2.3.svc.cluster.local')).toBe(`${shown}.svc.cluster.local`);
  });

  it('keeps a reverse zone the suffix of the names in it', () => {
    const zone = redact('2.1.10.in-addr.arpa');
    expect(redact('3.2.1.10.in-addr.arpa').endsWith(`.${zone}`)).toBe(true);
    const host = '5.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa';
    expect(redact(host)).toMatch(/^([0-9a-f]\.){32}ip6\.arpa$/);
    expect(redact(host)).not.toContain('8.b.d.0.1.0.0.2');
  });

  it('gives a valid name for any name, whatever its escapes and its length', () => {
    const part = fc.oneof(
      label,
      fc.constant('\\000\\255'),
      fc.constant('a\\.b'),
      fc.constant('\\\\'),
      fc.constant('x'),
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 127 }), (labels) => {
        const shown = redact(labels.join('.'));
        expect(shown.length).toBeLessThanOrEqual(253);
        expect(shown).toMatch(/^(?:[a-z0-9_*-]{1,63}(?:\.[a-z0-9_*-]{1,63})*)?$/);
      }),
    );
  });

  it('leaves the root and a dot at the end', () => {
    expect([redact(''), redact('.')]).toEqual(['', '.']);
    expect(redact('shop.corp.')).toBe(`${redact('shop.corp')}.`);
  });
});

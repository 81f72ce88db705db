import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AddressPseudonyms } from '../../src/redact/addresses.js';
import { PseudonymMaker } from '../../src/redact/pseudonym.js';

const addresses = new AddressPseudonyms(new PseudonymMaker(Buffer.alloc(32, 7)));
const octets = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
const anyAddress = fc.oneof(octets(4), octets(16));

/** Leading bits that two addresses have in common. */
function common(a: Uint8Array, b: Uint8Array): number {
  for (let bit = 0; bit < a.length * 8; bit++) {
    if (((a[bit >> 3]! ^ b[bit >> 3]!) << (bit & 7)) & 0x80) return bit;
  }
  return a.length * 8;
}

describe('pseudonyms of addresses', () => {
  it.each([
    ['10.1.2.3', /^10\./],
    ['172.20.0.10', /^172\.(1[6-9]|2\d|3[01])\./],
    ['192.168.3.113', /^192\.168\./],
    ['100.65.1.1', /^100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\./],
    ['169.254.7.7', /^169\.254\./],
    ['fe80::1234', /^fe80::/],
    ['fd12:3456::1', /^f[cd]/],
    ['2a00:1450::5', /^[23]/],
    ['64:ff9b::a00:1', /^64:ff9b::/],
  ])('keeps %s in its network', (address, network) => {
    expect(addresses.redact(address)).toMatch(network);
    expect(addresses.redact(address)).not.toBe(address);
  });

  it.each([
    '127.0.0.1',
    '127.0.0.53',
    '0.0.0.0',
    '::',
    '::1',
    '169.254.20.10',
    '169.254.169.253',
    'fd00:ec2::253',
  ])('leaves %s, which means the same everywhere', (address) =>
    expect(addresses.redact(address)).toBe(address),
  );

  it('makes a public address of a public one, never a private one', () => {
    const special = /^(0|10|127|169\.254|192\.168|172\.(1[6-9]|2\d|3[01])|22[4-9]|2[345]\d)\./;
    const all = Array.from({ length: 222 }, (_, i) => `${i + 1}.77.1.2`).filter(
      (address) => !special.test(address),
    );
    expect(all.map((address) => addresses.redact(address)).filter((shown) => special.test(shown!))).toEqual(
      [],
    );
  });

  it('lets two addresses of one network of 16 bits or more share as many leading bits as before', () => {
    fc.assert(
      fc.property(anyAddress, fc.nat(127), (a, bit) => {
        const b = Uint8Array.from(a);
        const flipped = 16 + (bit % (a.length * 8 - 16));
        b[flipped >> 3]! ^= 0x80 >> (flipped & 7);
        const [x, y] = [addresses.redactBytes(a), addresses.redactBytes(b)];
        // Some networks are longer than 16 bits: there a neighbour may lie outside, and only differs
        const inSpecial = a.length === 16 || [0, 127, 169, 192, 198, 224].includes(a[0]!);
        expect(inSpecial ? common(x, y) < a.length * 8 : common(x, y) === flipped).toBe(true);
      }),
    );
  });

  it('keeps the length of a network, and takes nothing else for one', () => {
    expect(addresses.redact('10.1.2.0/24')).toMatch(/^10\.\d+\.\d+\.\d+\/24$/);
    expect(addresses.redact('10.1.2.0/ab')).toBeNull();
    expect(addresses.redact('web')).toBeNull();
  });

  it('depends on the key', () => {
    const other = new AddressPseudonyms(new PseudonymMaker(Buffer.alloc(32, 8)));
    expect(other.redact('10.1.2.3')).not.toBe(addresses.redact('10.1.2.3'));
  });
});

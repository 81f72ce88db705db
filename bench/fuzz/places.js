/**
 * Where the parts of a file begin: records of pcap, blocks of pcapng, lines of text, else every 64 bytes.
 * Damage at such a place meets lengths and types, which damage at any place seldom does.
 */
export function partsOf(bytes) {
  if (bytes.length < 28) return [0];
  const magic = bytes.readUInt32LE(0);
  if (magic === 0xa1b2c3d4 || magic === 0xa1b23c4d) return records(bytes, (at) => bytes.readUInt32LE(at));
  if (magic === 0xd4c3b2a1 || magic === 0x4d3cb2a1) return records(bytes, (at) => bytes.readUInt32BE(at));
  if (magic === 0x0a0d0d0a) return blocks(bytes);
  const lines = [0];
  for (let at = bytes.indexOf(10); at >= 0 && at + 1 < bytes.length; at = bytes.indexOf(10, at + 1)) {
    lines.push(at + 1);
  }
  if (lines.length > bytes.length / 2000) return lines;
  return Array.from({ length: Math.ceil(bytes.length / 64) }, (_, i) => i * 64);
}

function records(bytes, u32) {
  const parts = [0];
  for (let at = 24; at + 16 <= bytes.length;) {
    parts.push(at);
    const captured = u32(at + 8);
    if (captured > 262144) break;
    at += 16 + captured;
  }
  return parts;
}

function blocks(bytes) {
  const little = bytes.readUInt32LE(8) === 0x1a2b3c4d;
  const parts = [];
  for (let at = 0; at + 12 <= bytes.length;) {
    parts.push(at);
    const length = little ? bytes.readUInt32LE(at + 4) : bytes.readUInt32BE(at + 4);
    if (length < 12 || length > bytes.length) break;
    at += (length + 3) & ~3;
  }
  return parts;
}

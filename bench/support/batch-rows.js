/** A row of a batch as an object: 64-bit values as bigint, missing ones as null, ids as they are. */
export function rowOf({ data, validity, table }, i) {
  const row = {};
  for (const [name, { type }] of Object.entries(table.columns)) {
    const words = data[name];
    if (validity[name] && !((validity[name][i >> 3] >> (i & 7)) & 1)) row[name] = null;
    else if (type === 'UBIGINT') row[name] = (BigInt(words[2 * i + 1]) << 32n) | BigInt(words[2 * i]);
    else if (type === 'BIGINT' || type === 'TIMESTAMP_NS')
      row[name] = (BigInt(words[2 * i + 1] | 0) << 32n) | BigInt(words[2 * i]);
    else row[name] = words[i];
  }
  return row;
}

const POWERS = Array.from({ length: 23 }, (_, i) => 10 ** i);

/** Reads durations as CoreDNS and Go write them: `0.000150566s`, `1.83ms`, `544.128µs`, `1m2.5s`. */
export class DurationText {
  /** The last duration read. */
  seconds = 0;

  /** Reads the duration at `at`; the index after it, or -1. */
  read(bytes: Uint8Array, at: number, end: number): number {
    let total = 0;
    let parts = 0;
    while (at < end && parts < 4) {
      const from = at;
      let digits = 0;
      let mantissa = 0;
      let point = -1;
      for (; at < end; at++) {
        const digit = bytes[at]! - 48;
        if (digit >= 0 && digit <= 9) {
          mantissa = mantissa * 10 + digit;
          digits++;
        } else if (bytes[at] === 46 && point < 0) point = digits;
        else break;
      }
      if (digits === 0) break;
      if (digits > 20) return -1;
      const places = point < 0 ? 0 : digits - point;
      const unit = bytes[at];
      const next = at + 1 < end ? bytes[at + 1] : 0;
      if (unit === 115) {
        this.seconds = total + scaled(bytes, from, at, mantissa, digits, places);
        return at + 1;
      }
      const isMinutes = unit === 109 && next !== 115;
      if (!isMinutes && unit !== 104) {
        const length = smallUnit(bytes, at, end);
        if (length === 0) return -1;
        const unitPlaces = unit === 109 ? 3 : unit === 110 ? 9 : 6;
        this.seconds = scaled(bytes, from, at, mantissa, digits, places + unitPlaces);
        return at + length;
      }
      total += scaled(bytes, from, at, mantissa, digits, places) * (isMinutes ? 60 : 3600);
      at++;
      parts++;
    }
    return -1;
  }
}

/** `mantissa` with its decimal point `places` digits from the right, rounded as parseFloat rounds. */
function scaled(
  bytes: Uint8Array,
  from: number,
  to: number,
  mantissa: number,
  digits: number,
  places: number,
): number {
  // Quotients of exact doubles are rounded rightly.
  if (digits <= 15 && places <= 22) return mantissa / POWERS[places]!;
  const text = String.fromCharCode(...bytes.subarray(from, to)).replace('.', '');
  return Number(`${text}e-${places}`);
}

/** Bytes of `ms`, `us`, `ns`, or of `µs` with a micro sign (U+00B5) or a Greek mu (U+03BC); 0 for others. */
function smallUnit(bytes: Uint8Array, at: number, end: number): number {
  const unit = bytes[at];
  const next = at + 1 < end ? bytes[at + 1] : 0;
  if ((unit === 109 || unit === 110 || unit === 117) && next === 115) return 2;
  const isMicro = (unit === 0xc2 && next === 0xb5) || (unit === 0xce && next === 0xbc);
  return isMicro && at + 2 < end && bytes[at + 2] === 115 ? 3 : 0;
}

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
        const digit = bytes[at] - 48;
        if (digit >= 0 && digit <= 9) {
          mantissa = mantissa * 10 + digit;
          digits++;
        } else if (bytes[at] === 46 && point < 0) point = digits;
        else break;
      }
      if (digits === 0) break;
      if (digits > 20) return -1;
      const scale = point < 0 ? 0 : digits - point;
      // Quotients of exact doubles are rounded rightly, as parseFloat's are.
      const value =
        digits <= 15 ? mantissa / POWERS[scale] : Number(String.fromCharCode(...bytes.subarray(from, at)));
      const unit = bytes[at];
      const next = at + 1 < end ? bytes[at + 1] : 0;
      if (unit === 115) {
        this.seconds = total + value;
        return at + 1;
      }
      if (unit === 109 && next !== 115) total += value * 60;
      else if (unit === 104) total += value * 3600;
      else {
        this.seconds = value / (unit === 109 ? 1e3 : unit === 110 ? 1e9 : 1e6);
        if ((unit === 109 || unit === 110 || unit === 117) && next === 115) return at + 2;
        // A micro sign (U+00B5), or Greek mu (U+03BC).
        const isMicro = (unit === 0xc2 && next === 0xb5) || (unit === 0xce && next === 0xbc);
        return isMicro && bytes[at + 2] === 115 && at + 2 < end ? at + 3 : -1;
      }
      at++;
      parts++;
    }
    return -1;
  }
}

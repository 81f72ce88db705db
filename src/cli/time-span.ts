import { UserError } from '../base/user-error.js';

/** Seconds that an option's value (`90s`, `10m`, `90`) stands for. Throws UserError where they are none from `least` to `most`. */
export function secondsOf(flag: string, text: string, least: number, most: number): number {
  const found = /^(\d{1,5})(s|m)?$/.exec(text);
  const seconds = found ? Number(found[1]) * (found[2] === 'm' ? 60 : 1) : 0;
  if (seconds >= least && seconds <= most) return seconds;
  throw new UserError(
    'wrong-value',
    `--${flag} ${text} must be a time from ${least}s to ${most / 60}m, such as 60s or 5m`,
  );
}

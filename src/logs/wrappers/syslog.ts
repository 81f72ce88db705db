import { parseTimestamp } from '../../base/time/iso.js';
import type { LogLine } from '../log-line.js';
import { LOWER_LETTERS, UPPER_LETTERS, type Wrapper } from './wrapper.js';

const LONGEST_HEADER = 256;

/** `Apr 30 20:09:20 `: no year and no zone, so no time. */
const SHORT = /^[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d(?:\.\d{1,6})? /;
/** `Tue 2024-04-30 20:09:20 UTC `: journalctl -o short-full. */
const FULL = /^[A-Z][a-z]{2} (\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d{1,6})?) ([A-Z]{3,5}|[+-]\d{2}) /;
/** `HOST PROGRAM[PID]: ` after a time of any form. */
const TAG = /^([\w.:-]{1,128}) ([\w./@-]{1,128})\[\d{1,10}\]: ?/;

/** `Apr 30 20:09:20 HOST PROGRAM[PID]: MESSAGE`: journalctl, /var/log/syslog; also after an RFC 3339 time. */
export const syslog: Wrapper = {
  name: 'journalctl, syslog',
  beginsWith: LOWER_LETTERS + UPPER_LETTERS,
  unwrap(line: LogLine): boolean {
    const head = Buffer.from(
      line.bytes.subarray(line.start, Math.min(line.end, line.start + LONGEST_HEADER)),
    ).toString('latin1');
    const full = FULL.exec(head);
    const time = full?.[0] ?? SHORT.exec(head)?.[0] ?? '';
    const tag = TAG.exec(head.slice(time.length));
    if (!tag) return false;
    const written = full
      ? parseTimestamp(`${full[1]}${full[2]!.length > 3 ? ' ' : ''} ${full[2]}`.replace(/ +/g, ' '))
      : null;
    line.start += time.length + tag[0].length;
    line.writtenBy(`${tag[1]}/${tag[2]}`);
    if (written?.zoned) line.writtenAt(written.seconds, written.nanos);
    return true;
  },
};

/** RFC 5424 after its priority: `1 TIME HOST APP PROCID MSGID STRUCTURED-DATA MESSAGE`. */
const PROTOCOL =
  /^<\d{1,3}>1 (\S{1,64}) (\S{1,255}) (\S{1,48}) \S{1,128} \S{1,32} (?:-|(?:\[(?:"(?:\\.|[^"\\])*"|[^\]"])*\])+) ?/;
const PRIORITY = /^<\d{1,3}>/;

/** `<14>` before a line: syslog messages as they go over the network, RFC 5424's header included. */
export const syslogPriority: Wrapper = {
  name: 'syslog with a priority (RFC 3164, RFC 5424)',
  beginsWith: '<',
  unwrap(line: LogLine): boolean {
    const head = Buffer.from(line.bytes.subarray(line.start, Math.min(line.end, line.start + 2048))).toString(
      'latin1',
    );
    const header = PROTOCOL.exec(head);
    if (header) {
      line.start += header[0].length;
      line.writtenBy(`${header[2]}/${header[3]}`);
      const time = parseTimestamp(header[1]!);
      if (time) line.writtenAt(time.seconds, time.nanos);
      return true;
    }
    const priority = PRIORITY.exec(head);
    if (!priority) return false;
    line.start += priority[0].length;
    return true;
  },
};

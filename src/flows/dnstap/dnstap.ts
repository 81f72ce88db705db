import { RecordFeed } from '../../capture/files/record-feed.js';
import type { ProblemCode } from '../../base/problem-codes.js';
import type { Reader } from '../../raw/reader.js';
import type { Input } from '../../input/input.js';
import type { Sink } from '../../raw/sink.js';
import { isFrameStream, stepOf } from './frames.js';
import { Messages } from './messages.js';
import { TapWriter } from './tap-writer.js';

const UNREADABLE =
  'A frame holds no message of dnstap that can be read; it was passed over, the rest was read.';
const NO_MESSAGE =
  'A record of dnstap has no DNS message in it, so that name, type and id are not known; in the Corefile write `full` behind the socket of dnstap.';

/** A frame stream of dnstap, as dnstap -w, fstrm_capture and servers write it. */
export const dnstap: Reader = {
  kind: 'dnstap',
  title: 'a dnstap stream',
  isBinary: true,
  about: {
    sample: '(binary: a control frame that names protobuf:dnstap.Dnstap, then frames)',
    from: 'a server that logs by dnstap (CoreDNS: `dnstap tcp://HOST:6000 full`; unbound, BIND, dnsdist), taken down by `dnstap -l 0.0.0.0:6000 -w FILE` or fstrm_capture',
    gives: 'messages as the server saw them, of its clients and of its upstreams',
    proves:
      'how long the server and its upstreams took and what they said; of no loss, as servers leave out what is too much',
  },
  sniff: (head) => (isFrameStream(head) ? 1 : 0),
  read,
};

async function read(input: Input, sink: Sink): Promise<void> {
  const writer = new TapWriter(sink);
  const messages = new Messages();
  let frame = 0;
  const problem = (code: ProblemCode, detail: string) =>
    sink.problem({ code, detail, position: `frame ${frame}` });
  const step = stepOf({
    data(bytes, start, end) {
      frame++;
      const told = messages.read(bytes.subarray(start, end));
      if (told === 'no-message') problem('message-left-out', NO_MESSAGE);
      else if (told === 'unreadable' || !writer.write(told, frame)) problem('unreadable-frame', UNREADABLE);
    },
    tooLong() {
      frame++;
      problem('unreadable-frame', UNREADABLE);
    },
  });
  const feed = new RecordFeed(step);
  for await (const chunk of input.chunks) feed.push(chunk);
  if (feed.rest > 0 || feed.missing > 0) sink.incomplete(`the stream ends inside frame ${frame + 1}`);
  writer.finish();
}

import { type ChildProcess, spawn } from 'node:child_process';
import { UserError } from '../base/user-error.js';

/** What tcpdump says of itself. */
export interface CaptureCounts {
  received: number;
  dropped: number;
}

/** `12 packets received by filter`, `0 packets dropped by kernel`. */
const COUNT = /(\d{1,15}) packets? (received by filter|dropped by (?:kernel|interface))/g;

/** Asked for its counts so often; milliseconds. */
const ASKED_MS = 5000;

/** A tcpdump that dnslens started, which writes packets as they come. */
export class Tcpdump {
  readonly counts: CaptureCounts = { received: 0, dropped: 0 };
  private readonly child: ChildProcess;
  private said = '';
  private readonly asking: NodeJS.Timeout;
  private ended = false;
  private readonly exit: Promise<number | null>;

  constructor(device: string, ports: readonly number[]) {
    const filter = [...ports.map((port) => `port ${port}`), 'icmp', 'icmp6', 'ip[6:2] & 0x1fff != 0'].join(
      ' or ',
    );
    this.child = spawn('tcpdump', ['-i', device, '-U', '-n', '-s', '0', '-w', '-', filter], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.child.stderr!.setEncoding('utf8').on('data', (text: string) => this.hear(text));
    this.exit = new Promise((resolve) => {
      this.child.on('error', (error: NodeJS.ErrnoException) => {
        this.said = error.code === 'ENOENT' ? 'it is not installed' : error.message;
        this.ended = true;
        resolve(null);
      });
      this.child.on('close', (code) => {
        this.ended = true;
        resolve(code);
      });
    });
    // it prints its counts then, on systems that have the signal for it
    this.asking = setInterval(() => !this.ended && this.child.kill('SIGUSR1'), ASKED_MS);
  }

  /** The bytes that it writes. Throws UserError where it ends without any. */
  async *chunks(): AsyncGenerator<Uint8Array> {
    let none = true;
    for await (const chunk of this.child.stdout!) {
      none = false;
      yield chunk as Uint8Array;
    }
    await this.exit;
    if (none) throw new UserError('capture-failed', `tcpdump gave nothing: ${lastLine(this.said)}`);
  }

  close(): void {
    clearInterval(this.asking);
    if (!this.ended) this.child.kill('SIGTERM');
  }

  private hear(text: string): void {
    this.said = (this.said + text).slice(-4096);
    for (const [, count, what] of text.matchAll(COUNT)) {
      if (what === 'received by filter') this.counts.received = Number(count);
      else if (what === 'dropped by kernel') this.counts.dropped = Number(count);
    }
  }
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) || 'it said nothing';
}

import { count, type CounterForm, type FormReader, type Reading } from '../form.js';

/** A row of `ss`: protocol where several are listed, state where it is TCP's alone, queues, local and peer address, and what `-p` and `-m` put behind. */
const SS =
  /^(?:(?:udp|(?<other>u_dgr|raw|tcp))\s+)?(?:UNCONN|ESTAB|(?<tcp>LISTEN|CLOSE-WAIT|TIME-WAIT))\s+(?<waiting>\d{1,12})\s+\d{1,12}\s+(?<local>\S{1,80}:[\w*-]{1,20})\s+(?<peer>\S{1,80}:[\w*-]{1,20})(?<rest>.*)$/;
const NETSTAT =
  /^udp6?\s+(?<waiting>\d{1,12})\s+\d{1,12}\s+(?<local>\S{1,80}:[\w*-]{1,20})\s+(?<peer>\S{1,80}:[\w*-]{1,20})(?<rest>.*)$/;
const HEAD =
  /^(?:Netid\s+State|State\s+Recv-Q|Active Internet connections|Proto Recv-Q|Recv-Q\s+Send-Q)\b|^UNIX /;
/** ss -m: receive memory used and its limit, and the socket's drops (sk_drops). */
const MEMORY = /\bskmem:\(r(\d{1,12}),rb(\d{1,12}),[^)]{0,120}?\bd(\d{1,12})\)/;
const PROCESS = /users:\(\("([^"]{1,60})"|(?:^|\s)\d{1,10}\/([\w.-]{1,60})/;
/** /proc/net/udp: addresses in hexadecimal, the queue, and drops in the last column. */
const PROC =
  /^\s*\d{1,8}: ([\dA-F]{8}|[\dA-F]{32}):([\dA-F]{4}) [\dA-F]{8,32}:([\dA-F]{4}) ([\dA-F]{2}) [\dA-F]{8}:([\dA-F]{8}) .* (\d{1,12})\s*$/;
const PROC_HEAD = /^\s*sl\s+local_address\s+rem_address\s+st\s+tx_queue/;

/** A socket that takes what anybody sends, as a server's does; one with a peer waits for an upstream's answer. */
const ANY_PEER = /:(?:\*|0)$/;
/** Ports on which DNS servers alone listen; 9953 and others of node caches answer on 53 too. */
const DNS_PORTS = /:(?:53|domain|1053|8053)$/;
/** Programs that answer DNS in clusters, on whatever port (OpenShift's on 5353, which is mDNS's too). */
const SERVERS = /^(?:coredns|node-cache|dnsmasq|kube-dns|unbound|named|systemd-resolve|dns)/;
/** Servers ask their upstreams from ports that Linux chooses (net.ipv4.ip_local_port_range). */
const FIRST_CHOSEN_PORT = 32768;

const QUEUE = 'bytes that wait in the receive buffer to be read';
const LIMIT = 'bytes that the receive buffer takes';
const DROPS = 'datagrams dropped at this socket, most for want of room in its receive buffer';

interface Socket {
  readonly instance: string;
  readonly labels: Readonly<Record<string, string>>;
}

function level(socket: Socket, counter: string, value: number, about: string): Reading {
  return { origin: 'socket', counter, value, meaning: 'level', about, isTrouble: false, ...socket };
}

function drops(socket: Socket, value: number): Reading {
  const about = DROPS;
  return { origin: 'socket', counter: 'drops', value, meaning: 'total', about, isTrouble: true, ...socket };
}

class SocketReader implements FormReader {
  /** The socket whose memory stands on the next line. */
  private last: Socket | null = null;

  read(line: string): readonly Reading[] | null {
    if (HEAD.test(line) || PROC_HEAD.test(line)) return [];
    const proc = PROC.exec(line);
    if (proc) return this.proc(proc);
    const found = SS.exec(line) ?? NETSTAT.exec(line);
    if (!found) return this.memory(line);
    this.last = null;
    const { other, tcp, waiting: received, local, peer, rest } = found.groups!;
    const process = PROCESS.exec(rest!)?.slice(1).find(Boolean);
    const isUdp = other === undefined && tcp === undefined;
    if (!isUdp || !ANY_PEER.test(peer!) || !isServer(local!, process)) return [];
    this.last = { instance: local!, labels: process === undefined ? {} : { process } };
    const waiting = count(received);
    const own = waiting === null ? [] : [level(this.last, 'receive_queue_bytes', waiting, QUEUE)];
    return [...own, ...(this.memory(rest!) ?? [])];
  }

  private memory(line: string): readonly Reading[] | null {
    const found = MEMORY.exec(line);
    if (!found) return /^\s+(?:cgroup|uid|ino|sk|skmem):/.test(line) ? [] : null;
    const socket = this.last;
    if (!socket) return [];
    return [level(socket, 'receive_buffer_bytes', Number(found[2]), LIMIT), drops(socket, Number(found[3]))];
  }

  private proc(found: RegExpExecArray): readonly Reading[] {
    const port = parseInt(found[2]!, 16);
    const socket: Socket = { instance: `${addressOf(found[1]!)}:${port}`, labels: {} };
    // bound and without a peer, as the kernel has UDP's (TCP_CLOSE); of TCP it would be a listener's, 0A
    if (found[3] !== '0000' || found[4] !== '07' || !isServer(socket.instance, undefined)) return [];
    const queue = level(socket, 'receive_queue_bytes', parseInt(found[5]!, 16), QUEUE);
    return [queue, drops(socket, Number(found[6]))];
  }

  command(): void {
    this.last = null;
  }
}

/** Whether a socket is a DNS server's, by its own port and its program. */
function isServer(local: string, process: string | undefined): boolean {
  if (DNS_PORTS.test(local)) return true;
  const port = /:(\d{1,5})$/.exec(local)?.[1];
  return SERVERS.test(process ?? '') && (port === undefined || Number(port) < FIRST_CHOSEN_PORT);
}

/** An IPv4 address as the kernel prints it (host byte order, little-endian); `*` for others. */
function addressOf(hex: string): string {
  if (hex.length !== 8) return '*';
  return [6, 4, 2, 0].map((at) => parseInt(hex.slice(at, at + 2), 16)).join('.');
}

export const socketForm: CounterForm = {
  kind: 'sockets',
  title: 'a list of UDP sockets (ss -u, netstat -u, /proc/net/udp)',
  about: {
    sample:
      'UNCONN 213248 0 *:53 *:* users:(("coredns",pid=1,fd=11)) skmem:(r213248,rb212992,t0,tb212992,f0,w0,o0,bl0,d1841)',
    from: '`ss -uanpm`, `netstat -anup`, `cat /proc/net/udp`',
    gives: 'counters',
    proves: "that the server's socket was full or dropped queries (`coredns-overloaded`)",
  },
  reader: () => new SocketReader(),
};

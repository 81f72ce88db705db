import { count, type CounterForm, type FormReader, type Reading } from '../form.js';

/** Counters of UDP (RFC 4113, net/ipv4/proc.c) by the names that nstat gives them. */
const UDP: Readonly<Record<string, readonly [about: string, isTrouble: boolean]>> = {
  InDatagrams: ['datagrams given to sockets', false],
  OutDatagrams: ['datagrams sent', false],
  NoPorts: ['datagrams to a port on which nobody listened', true],
  InErrors: ['datagrams not given to a socket, those for want of room included', true],
  RcvbufErrors: ["datagrams dropped because a socket's receive buffer was full", true],
  SndbufErrors: ["datagrams not sent because a socket's send buffer was full", true],
  InCsumErrors: ['datagrams dropped for a wrong checksum', true],
  MemErrors: ["datagrams dropped because UDP's memory was used up", true],
};

/** How net-tools' netstat -s words them; the newest counters have their own names there. */
const WORDS: readonly [RegExp, string][] = [
  [/^packets? received$/, 'InDatagrams'],
  [/^packets? sent$/, 'OutDatagrams'],
  [/^packets? to unknown port received\.?$/, 'NoPorts'],
  [/^packet receive errors?$/, 'InErrors'],
  [/^receive buffer errors?$/, 'RcvbufErrors'],
  [/^send buffer errors?$/, 'SndbufErrors'],
];
const SECTION = /^(Ip|Ip6|IpExt|Icmp|Icmp6|IcmpMsg|Tcp|TcpExt|Udp|Udp6|UdpLite|UdpLite6|MPTcpExt|Sctp):\s*$/;
const NSTAT = /^((?:Ip|Icmp|Tcp|Udp|Mib|MPTcp|Sctp)\w{1,60})\s+(\d{1,20})(?:\s+\d+(?:\.\d+)?)?\s*$/;
const NSTAT_HEAD = /^#(?:kernel|\d{1,10}\.\d{1,10})\b/;
const SNMP = /^((?:Ip|Icmp|IcmpMsg|Tcp|Udp|UdpLite|TcpExt|IpExt|MPTcpExt)): (.*)$/;

/** A counter of UDP by its name (`RcvbufErrors`) and family (`Udp`, `Udp6`); null for others. */
export function udpCounter(
  family: string,
  name: string,
  value: number,
  meaning: Reading['meaning'],
): Reading | null {
  if ((family !== 'Udp' && family !== 'Udp6') || !Object.hasOwn(UDP, name)) return null;
  const [about, isTrouble] = UDP[name]!;
  return { origin: 'protocols', counter: `${family}${name}`, value, meaning, about, isTrouble };
}

/** Reads `netstat -s`: sections with lines in words. */
class NetstatReader implements FormReader {
  private section: string | null = null;

  read(line: string): readonly Reading[] | null {
    const head = SECTION.exec(line);
    if (head) {
      this.section = head[1]!;
      return [];
    }
    if (this.section === null || !/^\s+\S/.test(line)) {
      this.section = null;
      return null;
    }
    const own = /^\s+([A-Z]\w{2,60}): (\d{1,20})\s*$/.exec(line);
    const told = /^\s+(\d{1,20}) (\S.{2,100})$/.exec(line);
    const name = own ? own[1]! : WORDS.find(([form]) => told && form.test(told[2]!.trim()))?.[1];
    const value = count(own?.[2] ?? told?.[1]);
    const reading = name && value !== null ? udpCounter(this.section, name, value, 'total') : null;
    return reading ? [reading] : [];
  }

  command(): void {
    this.section = null;
  }
}

/** Reads `nstat`: a name and a number a line; without -a it tells what came since it ran last. */
class NstatReader implements FormReader {
  private isAbsolute = false;

  read(line: string): readonly Reading[] | null {
    if (NSTAT_HEAD.test(line)) return [];
    const found = NSTAT.exec(line);
    if (!found) return null;
    const [, name, digits] = found;
    const value = count(digits);
    const family = name!.startsWith('Udp6') ? 'Udp6' : name!.startsWith('Udp') ? 'Udp' : '';
    const meaning = this.isAbsolute ? 'total' : 'unclear';
    const reading =
      family && value !== null ? udpCounter(family, name!.slice(family.length), value, meaning) : null;
    return reading ? [reading] : [];
  }

  command(text: string): void {
    const called = /\bnstat\b(.*)/.exec(text);
    if (called) this.isAbsolute = /\s-{1,2}\w*a/.test(called[1]!);
  }
}

/** Reads /proc/net/snmp and /proc/net/netstat: a line of names, then one of numbers; and /proc/net/snmp6. */
class SnmpReader implements FormReader {
  private names: { family: string; words: string[] } | null = null;

  read(line: string): readonly Reading[] | null {
    const six = /^(Udp6)(\w{2,40})\s+(\d{1,20})\s*$/.exec(line);
    if (six) {
      const value = count(six[3]);
      const reading = value === null ? null : udpCounter('Udp6', six[2]!, value, 'total');
      return reading ? [reading] : [];
    }
    const found = SNMP.exec(line);
    if (!found) return null;
    const family = found[1]!;
    const words = found[2]!.trim().split(/\s+/, 400);
    if (words.every((word) => /^-?\d{1,20}$/.test(word))) return this.numbers(family, words);
    if (!words.every((word) => /^[A-Z]\w{1,60}$/.test(word))) return null;
    this.names = { family, words };
    return [];
  }

  private numbers(family: string, words: readonly string[]): readonly Reading[] | null {
    const names = this.names;
    this.names = null;
    if (names?.family !== family || names.words.length !== words.length) return null;
    return words.flatMap((word, i) => {
      const value = count(word);
      return value === null ? [] : (udpCounter(family, names.words[i]!, value, 'total') ?? []);
    });
  }

  command(): void {
    this.names = null;
  }
}

const PROVES =
  'that receive buffers of that network namespace ran over (a sign of `coredns-overloaded`, of which socket is not said)';

export const netstatForm: CounterForm = {
  kind: 'netstat',
  title: "a node's counters of protocols (netstat -s)",
  about: {
    sample: '    1523 receive buffer errors',
    whole: 'Udp:\n    51562 packets received\n    1523 receive buffer errors',
    from: '`netstat -s` or `netstat -su` on a node or in a pod',
    gives: 'counters',
    proves: PROVES,
  },
  reader: () => new NetstatReader(),
};

export const nstatForm: CounterForm = {
  kind: 'nstat',
  title: "a node's counters of protocols (nstat)",
  about: {
    sample: 'UdpRcvbufErrors                 1523               0.0',
    from: '`nstat -az` on a node or in a pod',
    gives: 'counters',
    proves: PROVES,
  },
  reader: () => new NstatReader(),
};

export const snmpForm: CounterForm = {
  kind: 'proc-net-snmp',
  title: "a node's counters of protocols (/proc/net/snmp)",
  about: {
    sample: 'Udp: 51562 4 1523 51570 1523 0 0 12 0',
    whole:
      'Udp: InDatagrams NoPorts InErrors OutDatagrams RcvbufErrors SndbufErrors InCsumErrors IgnoredMulti MemErrors\nUdp: 51562 4 1523 51570 1523 0 0 12 0',
    from: '`cat /proc/net/snmp`',
    gives: 'counters',
    proves: PROVES,
  },
  reader: () => new SnmpReader(),
};

import { count, type CounterForm, type FormReader, type Reading } from '../form.js';

/** Limits of an EC2 instance as the ENA driver counts them (AWS: ENA driver metrics), with what each means. */
const ALLOWANCES: Readonly<Record<string, string>> = {
  bw_in_allowance_exceeded: "packets queued or dropped over the instance's inbound bandwidth",
  bw_out_allowance_exceeded: "packets queued or dropped over the instance's outbound bandwidth",
  pps_allowance_exceeded: "packets queued or dropped over the instance's packets a second",
  conntrack_allowance_exceeded: "packets dropped because the instance's own connection tracking was full",
  linklocal_allowance_exceeded:
    'packets dropped over the limit towards DNS, instance metadata and time service of the VPC',
};
const AVAILABLE = 'conntrack_allowance_available';
const STATISTIC = /^\s+([\w.[\] -]{1,80}?): (\d{1,20})\s*$/;
const ALLOWANCE = /^\s*([a-z]{1,10}(?:_[a-z]{1,5})?_allowance_(?:exceeded|available)): (\d{1,20})\s*$/;
/** Names of what drivers drop: those of queues and rings come with numbers in them. */
const LOST = /drop|discard|err(?:or)?s?\b|_err|missed|overrun|no_buf|fifo|timeout/i;
const INTERFACE = /\bethtool\s+(?:-S|--statistics)\s+([\w.@-]{1,40})/;
/** A heading that names it: any name between marks, as `dnslens collect` writes it, or a card's name alone. */
const HEADING =
  /^(?:(?:=+|#+|-+)\s*(\w[\w.@-]{0,39})\s*(?:=+|#+|-+)|(?:=+|#+|-+)?\s*((?:eth|ens|eno|enp|em|bond|wlan)[\w.]{1,20})\s*:?)$/;

/** An ENA allowance by its name, as ethtool or an exporter of metrics gives it; null for other names. */
export function allowance(counter: string, value: number, instance: string | null): Reading | null {
  if (counter === AVAILABLE) {
    const about = "flows that the instance's own connection tracking has room for";
    return { origin: 'ethtool', counter, value, instance, meaning: 'level', about, isTrouble: false };
  }
  const about = Object.hasOwn(ALLOWANCES, counter) ? ALLOWANCES[counter]! : null;
  return about === null
    ? null
    : { origin: 'ethtool', counter, value, instance, meaning: 'total', about, isTrouble: true };
}

class EthtoolReader implements FormReader {
  private instance: string | null = null;
  private isInside = false;

  read(line: string): readonly Reading[] | null {
    if (/^NIC statistics:\s*$/.test(line)) {
      this.isInside = true;
      return [];
    }
    const named = HEADING.exec(line);
    if (named) {
      this.instance = (named[1] ?? named[2])!;
      this.isInside = false;
      return [];
    }
    const found = ALLOWANCE.exec(line) ?? (this.isInside ? STATISTIC.exec(line) : null);
    if (!found) {
      this.isInside = false;
      return null;
    }
    const [, counter, digits] = found;
    const value = count(digits);
    if (value === null) return [];
    const known = allowance(counter!, value, this.instance);
    if (known) return [known];
    if (!LOST.test(counter!)) return [];
    const about = 'what the network card or its driver lost';
    const { instance } = this;
    return [
      { origin: 'ethtool', counter: counter!, value, instance, meaning: 'total', about, isTrouble: true },
    ];
  }

  command(text: string): void {
    this.isInside = false;
    const named = INTERFACE.exec(text);
    if (named) this.instance = named[1]!;
  }
}

/** `ethtool -S INTERFACE`, whole or what grep left of it. */
export const ethtoolForm: CounterForm = {
  kind: 'ethtool',
  title: "an interface's counters (ethtool -S)",
  about: {
    sample: '     linklocal_allowance_exceeded: 1893',
    from: '`ethtool -S eth0` on a node',
    gives: 'counters',
    proves:
      "that an EC2 interface dropped packets towards the VPC's resolver (`upstream-packet-limit`), or its connection tracking was full (`conntrack-table-full`)",
  },
  reader: () => new EthtoolReader(),
};

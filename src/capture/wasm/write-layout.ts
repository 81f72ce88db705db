// A step of building: writes for AssemblyScript what is declared here:
//   node dist/capture/wasm/write-layout.js FILE
import { BATCH_ROWS } from '../../raw/batch.js';
import { FNV_PRIME } from '../../raw/hash.js';
import { PROTOCOL } from '../../raw/tables/wire.js';
import { constants, writeLayout } from '../../raw/wasm/layout-text.js';
import { MAX_NAME_OCTETS } from '../dns/dns-name.js';
import { HEADER } from '../dns/dns-message.js';
import { LINK_TYPE } from '../layers/link-type.js';
import { ETHER_TYPE, IP_PROTOCOL } from '../layers/protocol-numbers.js';
import { MAX_PACKET } from '../files/pcap-record.js';
import { RECENT } from '../dns/recent-packets.js';
import { CACHES, MAP, WRITTEN } from './memory-map.js';

writeLayout(process.argv[2]!, {
  numbers: {
    BATCH_ROWS,
    FNV_PRIME,
    DNS_HEADER: HEADER,
    MAX_NAME_OCTETS,
    MAX_PACKET,
    LINK_ETHERNET: LINK_TYPE.EN10MB,
    LINK_SLL: LINK_TYPE.LINUX_SLL,
    LINK_SLL2: LINK_TYPE.LINUX_SLL2,
    ETHER_IPV4: ETHER_TYPE.ipv4,
    ETHER_IPV6: ETHER_TYPE.ipv6,
    IP_UDP: IP_PROTOCOL.udp,
    UDP: PROTOCOL.udp,
  },
  map: MAP,
  caches: CACHES,
  tables: WRITTEN,
  others: [constants('recent', Object.entries(RECENT))],
});

export { pcapReader } from './files/pcap-reader.js';
export { pcapngReader } from './files/pcapng-reader.js';

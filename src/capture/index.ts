export { pcapReader } from './pcap-reader.js';
export { pcapngReader } from './pcapng-reader.js';

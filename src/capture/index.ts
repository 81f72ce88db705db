export { pcapReader } from './pcap-reader.js';
export { pcapReader as pcapngReader } from './pcap-reader.js';

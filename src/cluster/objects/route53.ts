import type { Reader } from '../../raw/reader.js';
import { readJsonObjects } from './read-json-objects.js';
import { sniffJsonObjects } from './sniff-json-objects.js';

/** What the AWS CLI prints of Route 53's hosted zones and record sets, in a transcript too. */
export const route53: Reader = {
  kind: 'route53',
  title: 'a listing of Route 53',
  about: {
    sample: '{"ResourceRecordSets":[{"Name":"a.example.","Type":"A",...}]}',
    from: '`aws route53 list-resource-record-sets --hosted-zone-id ID --output json`',
    gives: 'configuration',
    proves: 'whether answers are those that the zone should give',
  },
  sniff: (head) => sniffJsonObjects(head, 'route53'),
  read: (input, sink) => readJsonObjects(input, sink),
};

import { type Reader, SNIFF_BYTES } from '../../input/reader.js';
import { readJsonObjects } from '../json/read-json-objects.js';
import { sniffJsonObjects } from '../json/sniff.js';
import { headLines } from '../text-lines.js';

/** What the AWS CLI prints of Route 53's hosted zones and record sets, in a transcript too. */
export const route53: Reader = {
  kind: 'route53',
  title: 'a listing of Route 53',
  sniff: (head) => sniffJsonObjects(headLines(head, SNIFF_BYTES).join('\n'), 'route53'),
  read: (input, sink) => readJsonObjects(input, sink),
};

import { describe, expect, it } from 'vitest';
import { Filling } from '../../src/fix/fill.js';
import { deleteRecords } from '../../src/fix/route53-batch.js';

const set = (more: object = {}) =>
  JSON.stringify({
    name: '*.intra.example',
    type: 'A',
    ttl: 120,
    record_values: ['10.7.0.9', '10.7.1.9'],
    ...more,
  });

function written(...sets: string[]) {
  const filling = new Filling({});
  const numbers = { records: sets, its_zone: 'intra.example' };
  const commands = deleteRecords({ delete: 'records', zone: 'its_zone' }, numbers, filling);
  return { commands, blanks: filling.blanks.map(({ word }) => word) };
}

describe('a change of records in Route 53', () => {
  it('deletes each set whole, as Route 53 has it, and keeps what makes it again', () => {
    const { commands, blanks } = written(set());
    expect(commands.join('\n'))
      .toBe(`aws route53 list-hosted-zones-by-name --dns-name intra.example --output json
cat > delete-records.json <<'EOF'
{
  "Changes": [
    {
      "Action": "DELETE",
      "ResourceRecordSet": {
        "Name": "*.intra.example.",
        "Type": "A",
        "TTL": 120,
        "ResourceRecords": [
          {
            "Value": "10.7.0.9"
          },
          {
            "Value": "10.7.1.9"
          }
        ]
      }
    }
  ]
}
EOF
cat > records-again.json <<'EOF'
{
  "Changes": [
    {
      "Action": "CREATE",
      "ResourceRecordSet": {
        "Name": "*.intra.example.",
        "Type": "A",
        "TTL": 120,
        "ResourceRecords": [
          {
            "Value": "10.7.0.9"
          },
          {
            "Value": "10.7.1.9"
          }
        ]
      }
    }
  ]
}
EOF
aws route53 change-resource-record-sets --hosted-zone-id HOSTED_ZONE_ID --change-batch file://delete-records.json
# to undo it: aws route53 change-resource-record-sets --hosted-zone-id HOSTED_ZONE_ID --change-batch file://records-again.json
dig +noall +comments no-such-name.intra.example.   # in a pod, a minute later: NXDOMAIN
# afterwards: dnslens report search/suffixes --db after.duckdb   # answered: what walks found below it`);
    expect(blanks).toEqual(['HOSTED_ZONE_ID']);
  });

  it('is not written where one of the sets is none that can be named whole', () => {
    const odd = [
      { name: "*.it's.example" },
      { name: '*.a\nEOF\nrm.example' },
      { type: 'TXT' },
      { ttl: null },
      { record_values: ['10.7.0.9; id'] },
      { record_values: [] },
    ];
    expect(odd.map((more) => written(set(), set(more)).commands)).toEqual(odd.map(() => []));
    expect(written().commands).toEqual([]);
  });
});

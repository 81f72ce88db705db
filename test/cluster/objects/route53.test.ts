import { describe, expect, it } from 'vitest';
import { kubernetesObjects } from '../../../src/cluster/objects/kubernetes-objects.js';
import { recordName } from '../../../src/cluster/route53/record-name.js';
import { route53 } from '../../../src/cluster/objects/route53.js';
import { record, SOA, read, names } from '../route53/read-listing.js';

describe('a listing of record sets', () => {
  it('gives a row for each value, with the zone that its SOA names', async () => {
    const set = { ...record('\\052.Web.example.com.'), SetIdentifier: 'blue', Weight: 10 };
    set.ResourceRecords.push({ Value: '192.0.2.2' });
    const { records, problems } = await read(JSON.stringify({ ResourceRecordSets: [SOA, set] }, null, 4));
    expect(problems).toEqual([]);
    expect(records.map(({ type, value }) => [type, value])).toEqual([
      ['SOA', SOA.ResourceRecords[0]!.Value],
      ['A', '192.0.2.1'],
      ['A', '192.0.2.2'],
    ]);
    expect(records[1]).toEqual({
      source_id: 1,
      origin: 'route53',
      time: null,
      sample: 0,
      zone: 'example.com',
      action: null,
      name: '*.web.example.com',
      type: 'A',
      ttl: 300,
      value: '192.0.2.1',
      alias: false,
      set_id: 'blue',
      routing: 'weight=10',
      owner: null,
    });
  });

  it('gives an alias its target and no TTL', async () => {
    const alias = {
      Name: 'a.example.com.',
      Type: 'A',
      AliasTarget: { HostedZoneId: 'Z1', DNSName: 'LB.elb.amazonaws.com.' },
    };
    const { records } = await read(JSON.stringify([alias]));
    expect(records).toMatchObject([{ alias: true, ttl: null, value: 'lb.elb.amazonaws.com' }]);
  });

  it.each([
    [{ Region: 'us-east-1' }, 'latency=us-east-1'],
    [{ Failover: 'PRIMARY' }, 'failover=PRIMARY'],
    [
      { GeoLocation: { CountryCode: 'US', SubdivisionCode: 'CA' } },
      'geolocation=CountryCode:US,SubdivisionCode:CA',
    ],
    [{ MultiValueAnswer: true }, 'multivalue'],
  ])('names the routing policy of %j', async (policy, routing) => {
    const { records } = await read(
      JSON.stringify([{ ...record('a.example.com.'), SetIdentifier: 'x', ...policy }]),
    );
    expect(records).toMatchObject([{ set_id: 'x', routing }]);
  });

  it("gives a record the owner that external-dns's TXT record names", async () => {
    const note = (name: string) => ({
      ...record(name, '"heritage=external-dns,external-dns/owner=blue,external-dns/resource=service/shop/a"'),
      Type: 'TXT',
    });
    const { records } = await read(
      JSON.stringify([record('a.example.com.'), note('cname-a.example.com.'), record('b.example.com.')]),
    );
    expect(records.map(({ name, owner }) => [name, owner])).toEqual([
      ['a.example.com', 'blue'],
      ['cname-a.example.com', 'blue'],
      ['b.example.com', null],
    ]);
  });

  it.each([
    ['an array', (records: unknown[]) => JSON.stringify(records, null, 2)],
    ['objects of their own', (records: unknown[]) => records.map((one) => JSON.stringify(one)).join('\n')],
    [
      'pretty objects of their own',
      (records: unknown[]) => records.map((one) => JSON.stringify(one, null, 2)).join('\n'),
    ],
    [
      'a whole answer without indentation',
      (records: unknown[]) =>
        JSON.stringify({ ResourceRecordSets: records, IsTruncated: false }, null, 1).replaceAll(/^ +/gm, ''),
    ],
  ])('may be %s', async (_, write) => {
    const { records, problems } = await read(write([record('a.example.com.'), record('b.example.com.')]));
    expect(names(records)).toEqual([
      [0, null, 'a.example.com'],
      [0, null, 'b.example.com'],
    ]);
    expect(problems).toEqual([]);
  });

  it('may be names alone, whose type is not known', async () => {
    const { records } = await read('[\n "a.example.com.",\n "b.example.com."\n]\n');
    expect(records.map(({ name, type, value }) => [name, type, value])).toEqual([
      ['a.example.com', 'ANY', null],
      ['b.example.com', 'ANY', null],
    ]);
  });
});

describe('hosted zones', () => {
  it('have their SOA record, and the name servers that get-hosted-zone lists', async () => {
    const zone = {
      Id: '/hostedzone/Z05',
      Name: 'example.com.',
      CallerReference: 'x',
      ResourceRecordSetCount: 2,
    };
    const list = JSON.stringify({ HostedZones: [zone], IsTruncated: false, MaxItems: '100' }, null, 4);
    const one = JSON.stringify(
      { HostedZone: zone, DelegationSet: { NameServers: ['NS-1.awsdns-1.org'] } },
      null,
      4,
    );
    const { records, problems } = await read(`${list}\n${one}\n`);
    expect(problems).toEqual([]);
    expect(records.map(({ sample, zone: of, type, value }) => [sample, of, type, value])).toEqual([
      [0, 'example.com', 'SOA', null],
      [1, 'example.com', 'SOA', null],
      [1, 'example.com', 'NS', 'ns-1.awsdns-1.org'],
    ]);
  });
});

describe('a name of Route 53', () => {
  it.each([
    ['\\052.example.com.', '*.example.com'],
    ['A.Example.COM', 'a.example.com'],
    ['a\\040b.example.com.', 'a\\032b.example.com'],
    ['a\\056b.example.com.', 'a\\.b.example.com'],
    ['\\303\\251.example.com.', '\\195\\169.example.com'],
    ['.', '.'],
  ])('%s is %s', (text, name) => expect(recordName(text)).toBe(name));

  it('is none where it is empty or has blanks', () => {
    expect([recordName(''), recordName('a b')]).toEqual([null, null]);
  });
});

describe('telling a listing', () => {
  const text = JSON.stringify({ ResourceRecordSets: [SOA] });
  it('is not taken for Kubernetes objects', () => {
    expect(route53.sniff(Buffer.from(text), 'x')).toBeGreaterThan(0.9);
    expect(kubernetesObjects.sniff(Buffer.from(text), 'x')).toBe(0);
  });

  it.each([
    '{"name":"a.example.com.","type":"A","rcode":"NOERROR"}\n',
    '{"level":"info","msg":"x"}\n',
    'nameserver 10.0.0.1\n',
    '',
  ])('gives nothing to %j', (other) => expect(route53.sniff(Buffer.from(other), 'x')).toBe(0));
});

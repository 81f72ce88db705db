import { describe, expect, it } from 'vitest';
import { instanceOf, vpcId, zoneIds } from '../../src/collect/aws.js';

const node = (providerID: string) => ({ metadata: { name: 'n' }, spec: { providerID } });

describe('what AWS is asked for', () => {
  it('is of the region and network of a node', () => {
    expect(instanceOf([node('kind://a/b'), node('aws:///eu-west-1b/i-0a1b2c3d4e5f60718')])).toEqual({
      region: 'eu-west-1',
      instance: 'i-0a1b2c3d4e5f60718',
    });
    expect(instanceOf([node('aws:///us-gov-west-1a/i-0a1b2c3d')])?.region).toBe('us-gov-west-1');
    expect(instanceOf([node('aws:///eu-west-1b/--help'), node('gce://p/z/i')])).toBeNull();
  });

  it('takes nothing for an id that is none', () => {
    const zones = [{ HostedZoneId: '/hostedzone/Z1' }, { HostedZoneId: 'Z2' }, { HostedZoneId: '--x' }, {}];
    expect(zoneIds({ HostedZoneSummaries: zones })).toEqual(['Z1', 'Z2']);
    expect([zoneIds(null), zoneIds({ HostedZoneSummaries: 7 })]).toEqual([[], []]);
    expect([vpcId({ VpcId: 'vpc-0a1b2c3d' }), vpcId({ VpcId: 'vpc-0a; x' }), vpcId(null)]).toEqual([
      'vpc-0a1b2c3d',
      null,
      null,
    ]);
  });
});

import { describe, expect, it } from 'vitest';
import { findDns } from '../../src/collect/dns-service.js';
import { dnsService, kubeadm, pod } from './cluster.js';

describe('the DNS service', () => {
  it.each([
    ['kube-system', 'kube-dns', 'kube-dns', 53],
    ['kube-system', 'rke2-coredns-rke2-coredns', null, 53],
    ['openshift-dns', 'dns-default', null, 5353],
    ['kube-system', 'resolver', 'coredns', 53],
  ])('is found in %s as %s, with its pods and their port', (namespace, name, app, port) => {
    const { service, slice } = dnsService(namespace, name, app, ['one', 'two'], port);
    const pods = [pod(namespace, 'one', 'n1'), pod(namespace, 'two', 'n2'), pod('shop', 'one', 'n3')];
    const dns = findDns({ services: [service], slices: [slice], pods, nodes: [] });
    expect(dns.service).toBe(service);
    expect(dns.servers).toEqual(pods.slice(0, 2));
    expect(dns.podPorts).toEqual(port === 53 ? [] : [port]);
  });

  it("is the system's before one of the same name elsewhere", () => {
    const objects = kubeadm();
    objects.services.unshift(dnsService('shop', 'coredns', 'kube-dns', []).service);
    expect(findDns(objects).service?.metadata.namespace).toBe('kube-system');
  });

  it('without a ready pod still has the pods that carry its label', () => {
    const objects = kubeadm();
    objects.slices = [];
    expect(findDns(objects).servers).toHaveLength(2);
  });

  it('may have caches on nodes before it', () => {
    const objects = kubeadm();
    objects.pods.push(pod('kube-system', 'node-local-dns-x7k2p', 'n3'));
    expect(findDns(objects).nodeLocal.map(({ metadata }) => metadata.name)).toEqual(['node-local-dns-x7k2p']);
  });
});

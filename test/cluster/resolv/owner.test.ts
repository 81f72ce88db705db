import { expect, it } from 'vitest';
import { ownerOfCommand, ownerOfPath } from '../../../src/cluster/resolv/owner.js';

it.each([
  ['resolv/app-a.conf', 'app-a', null],
  ['shop_app-a-6d4cf56db6-aaaaa.conf', 'app-a-6d4cf56db6-aaaaa', 'shop'],
  ['pods/app-a/etc/resolv.conf', 'app-a', null],
  ['app-b/resolv.conf', 'app-b', null],
  ['resolv.conf.app-c', 'app-c', null],
  ['app-d-resolv.conf', 'app-d', null],
  ['app-e.resolv.conf.gz', 'app-e', null],
  ['ip-192-168-0-1.txt', 'ip-192-168-0-1', null],
])('the path %s names %s', (path, name, namespace) => {
  expect(ownerOfPath(path)).toEqual({ name, namespace });
});

it.each(['/etc/resolv.conf', 'resolv.conf', '-'])('the path %s names nobody', (path) => {
  expect(ownerOfPath(path)).toBeNull();
});

it('a command that executes nothing names nobody', () => {
  expect(ownerOfCommand('kubectl get pods -A')).toBeNull();
});

import { expect, test } from 'vitest';
import { reasonIn } from '../../src/collect/reason.js';

const refusal = (pod: string) =>
  `Error from server (Forbidden): pods "${pod}" is forbidden: User "system:serviceaccount:ops:looker" cannot get resource "pods" in API group "" in the namespace "shop"\n`;

test('A refusal is the same for every object that it was given for', () => {
  expect(reasonIn(refusal('app-a-1'))).toBe(
    'system:serviceaccount:ops:looker may not get pods in the namespace shop',
  );
  expect(reasonIn(refusal('app-a-2'))).toBe(reasonIn(refusal('app-a-1')));
});

test('A refusal of the whole cluster names the group', () => {
  expect(
    reasonIn(
      'Error from server (Forbidden): networkpolicies.networking.k8s.io is forbidden: User "ann" cannot list resource "networkpolicies" in API group "networking.k8s.io" at the cluster scope',
    ),
  ).toBe('ann may not list networkpolicies.networking.k8s.io');
});

test('What a program said last is its reason, without notes of its own', () => {
  expect(reasonIn('error: no such node\n12 packets captured\ncommand terminated with exit code 1\n')).toBe(
    'no such node',
  );
});

test('What there is, is said where it is nothing but notes', () => {
  expect(reasonIn('command terminated with exit code 1\n')).toBe('command terminated with exit code 1');
  expect(reasonIn('\n')).toBeNull();
});

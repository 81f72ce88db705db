/** An API server's refusal by RBAC (plugin/pkg/auth/authorizer/rbac in Kubernetes), whichever object was asked for. */
const REFUSED =
  /User "(?<user>[^"]{1,253})" cannot (?<verb>\w{1,40}) resource "(?<resource>[^"]{1,253})" in API group "(?<group>[^"]{0,253})"(?: in the namespace "(?<namespace>[^"]{1,253})")?/;

/**
 * Why a program failed: what it, or what it ran in a pod, said last on standard error, without kubectl's own prefix; null
 * where it said nothing. A refusal names the right that is missing and not the object, so that it is the same for all of
 * that kind.
 */
export function reasonIn(said: string): string | null {
  const lines = said.split('\n').map((line) => line.trim());
  const own = lines.filter(
    (line) => line !== '' && !/^command terminated with exit code|^\d{1,20} packets |^[EWI]\d{4} /.test(line),
  );
  const last = own.at(-1) ?? lines.findLast((line) => line !== '');
  if (last === undefined) return null;
  return refusalIn(last) ?? last.replace(/^(?:error: |Error from server |Error: )/, '').slice(0, 300);
}

function refusalIn(line: string): string | null {
  const refused = REFUSED.exec(line)?.groups;
  if (refused === undefined) return null;
  const { user, verb, resource, group, namespace } = refused;
  const what = group ? `${resource}.${group}` : resource;
  return `${user} may not ${verb} ${what}${namespace === undefined ? '' : ` in the namespace ${namespace}`}`;
}

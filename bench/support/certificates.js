// Certificates of an authority of their own, for checks of TLS on this machine.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The authority's certificate, as a file; and `make`, which gives a PEM file with a key and a certificate by it. */
export function makeAuthority(folder) {
  const [key, certificate] = ['ca.key', 'ca.pem'].map((name) => join(folder, name));
  openssl('req', '-x509', ...newKey(key), '-out', certificate, '-days', '2', '-subj', '/CN=dnslens check');
  return {
    certificate,
    /** `names` as in subjectAltName; with `days` below 0 it has run out. */
    make(name, { names = 'IP:127.0.0.1', days = 2 } = {}) {
      const [own, request, signed, extensions] = ['key', 'csr', 'crt', 'ext'].map((end) =>
        join(folder, `${name}.${end}`),
      );
      openssl('req', ...newKey(own), '-out', request, '-subj', '/CN=check');
      writeFileSync(extensions, `subjectAltName=${names}\n`);
      const by = ['-CA', certificate, '-CAkey', key, '-CAcreateserial', '-days', String(days)];
      openssl('x509', '-req', '-in', request, ...by, '-extfile', extensions, '-out', signed);
      const both = join(folder, `${name}.pem`);
      writeFileSync(both, readFileSync(own, 'utf8') + readFileSync(signed, 'utf8'));
      return both;
    },
  };
}

function newKey(path) {
  return ['-newkey', 'rsa:2048', '-nodes', '-keyout', path];
}

function openssl(...args) {
  execFileSync('openssl', args, { stdio: ['ignore', 'ignore', 'pipe'] });
}

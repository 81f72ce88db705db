// Packs dnslens for this platform, with what it depends on, with a bill of materials beside it, and writes krew's manifest:
//   npm ci && npm run build && node deploy/release.js --url https://HOST/PATH [--out DIR]
// Run on each platform with the same --out, the manifest lists them all.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { parse, stringify } from 'yaml';

const { values } = parseArgs({
  options: { url: { type: 'string' }, out: { type: 'string', default: 'release' } },
});
if (values.url === undefined) {
  console.error('--url says where the archives will lie');
  process.exit(2);
}
const BIN = 'dist/cli.js';
const root = join(import.meta.dirname, '..');
const { version, files } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const platform = { os: process.platform, arch: { x64: 'amd64' }[process.arch] ?? process.arch };
const archive = `dnslens-${platform.os}-${platform.arch}.tar.gz`;
/** Bill of materials (CycloneDX) of all platforms: every package with its version, licence and hash. */
const BILL = 'dnslens.cdx.json';

const work = mkdtempSync(join(tmpdir(), 'dnslens-release-'));
try {
  const name = `dnslens-${version}`;
  const packed = join(work, name);
  mkdirSync(packed);
  for (const file of ['package.json', 'package-lock.json', ...files.filter((one) => !one.startsWith('!'))]) {
    cpSync(join(root, file), join(packed, file), {
      recursive: true,
      filter: (path) => !path.endsWith('.map'),
    });
  }
  // krew refuses an archive with symbolic links in it, as in node_modules/.bin
  const quietly = ['--ignore-scripts', '--no-bin-links', '--no-audit', '--no-fund'];
  execFileSync('npm', ['ci', '--omit=dev', ...quietly], { cwd: packed, stdio: 'inherit' });
  // npm makes a package's programs executable, krew does not
  chmodSync(join(packed, BIN), 0o755);
  mkdirSync(values.out, { recursive: true });
  writeFileSync(join(values.out, BILL), billOfMaterials(join(work, 'dnslens')));
  execFileSync('tar', ['czf', join(values.out, archive), '-C', work, name]);
  const sha256 = createHash('sha256')
    .update(readFileSync(join(values.out, archive)))
    .digest('hex');
  const made = join(values.out, 'dnslens.yaml');
  const manifest = parse(readFileSync(existsSync(made) ? made : join(root, 'deploy/krew.yaml'), 'utf8'));
  manifest.spec.version = `v${version}`;
  const others = manifest.spec.platforms.filter(
    ({ selector }) => selector.matchLabels.os !== platform.os || selector.matchLabels.arch !== platform.arch,
  );
  manifest.spec.platforms = [
    ...others,
    {
      selector: { matchLabels: platform },
      uri: `${values.url.replace(/\/$/, '')}/${archive}`,
      sha256,
      files: [{ from: `${name}/*`, to: '.' }],
      bin: BIN,
    },
  ];
  writeFileSync(made, stringify(manifest));
  console.log(`${[archive, BILL].map((file) => join(values.out, file)).join(', ')} and ${made}`);
} finally {
  rmSync(work, { recursive: true, force: true });
}

/** npm leaves out with `--omit dev` also what packages for development need too: so nothing of those is shown to it. */
function billOfMaterials(folder) {
  const json = (file) => JSON.parse(readFileSync(join(root, file), 'utf8'));
  const [own, lock] = [json('package.json'), json('package-lock.json')];
  delete own.devDependencies;
  delete lock.packages[''].devDependencies;
  for (const [path, { dev }] of Object.entries(lock.packages)) if (dev) delete lock.packages[path];
  mkdirSync(folder);
  writeFileSync(join(folder, 'package.json'), JSON.stringify(own));
  writeFileSync(join(folder, 'package-lock.json'), JSON.stringify(lock));
  const args = ['sbom', '--package-lock-only', '--sbom-format', 'cyclonedx', '--sbom-type', 'application'];
  return execFileSync('npm', args, { cwd: folder, maxBuffer: 1 << 26 });
}

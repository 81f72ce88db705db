// Gathers from a real cluster, as users do, and looks at what came of it and at what was left behind:
//   npm run build && node bench/check-collect.js CLUSTER [--cni ptp|bridge] [--only TEXT | --quick] [--keep]
// CLUSTER is a folder with cluster.sh, kubectl and names.py; where the cluster was never built, nothing is done and that is said.
import { execFile, execFileSync, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { parseArgs, promisify } from 'node:util';

const { values: flags, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    cni: { type: 'string', default: 'ptp' },
    only: { type: 'string', default: '' },
    quick: { type: 'boolean', default: false },
    keep: { type: 'boolean', default: false },
  },
});
const cluster = resolve(positionals[0] ?? '.');
const home = process.env.CLUSTER_HOME ?? join(homedir(), '.cache/dnslens-cluster');
if (!existsSync(join(cluster, 'cluster.sh')) || !existsSync(join(home, 'images')) || process.getuid() !== 0) {
  console.log('skipped: the cluster is not built here, or this is not root');
  process.exit(0);
}

// one that is up is somebody's
if (existsSync('/run/netns/k-sw')) {
  console.log('skipped: the cluster is up already, and may be in use');
  process.exit(0);
}

const PROGRAM = join(import.meta.dirname, '../dist/cli.js');
const IMAGE = ['--image', 'docker.io/dnl/netshoot:1', '--image-pull-policy', 'Never'];
const SECRET = 'canary-7c1f0a';
const work = mkdtempSync(join(tmpdir(), 'dnslens-check-'));
// as npm installs it
writeFileSync(join(work, 'kubectl-dnslens'), `#!/bin/sh\nexec node ${PROGRAM} "$@"\n`, { mode: 0o755 });
const env = {
  ...process.env,
  PATH: `${work}:${cluster}:${process.env.PATH}`,
  XDG_CACHE_HOME: join(work, 'cache'),
};
const run = promisify(execFile);
const kubectl = (...args) =>
  execFileSync('kubectl', args, { env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
const sh = (name, ...args) =>
  execFileSync(join(cluster, 'cluster.sh'), [name, ...args], {
    env: { ...env, CNI: flags.cni },
    stdio: 'ignore',
  });
const folder = (name) => join(work, name);

/** Starts dnslens collect; `done` is its exit and what it said. */
function collect(out, args, options = {}) {
  const child = spawn(process.execPath, [PROGRAM, 'collect', '--yes', '--out', out, ...IMAGE, ...args], {
    env: { ...env, ...options.env },
  });
  let said = '';
  let printed = '';
  child.stderr.on('data', (chunk) => (said += chunk));
  child.stdout.on('data', (chunk) => (printed += chunk));
  const done = new Promise((end) =>
    child.on('close', (code, signal) => end({ code, signal, said, printed })),
  );
  /** Waits until it has said something. */
  const says = async (text) => {
    for (let i = 0; i < 600 && !said.includes(text); i++) await after(100);
    if (!said.includes(text)) throw new Error(`it never said ${text}: ${said.slice(-500)}`);
  };
  return { child, done, says };
}

/** Lets the pods of a workload look names up for a while; gives the promise of its end. */
async function traffic(seconds, gap = 0.2) {
  const pods = kubectl(
    'get',
    'pods',
    '-l',
    'app=tetris',
    '--field-selector=status.phase=Running',
    '-o',
    'jsonpath={.items[*].metadata.name}',
  ).split(' ');
  const kinds = ['glibc', 'musl', 'go'];
  await Promise.all(
    pods.map(async (pod, i) => {
      const kind = kinds[i % 3];
      const program = readFileSync(join(home, 'tools', `gai-${kind}`));
      spawnSync('kubectl', ['exec', '-i', pod, '--', 'sh', '-c', `cat >/tmp/gai; chmod +x /tmp/gai`], {
        env,
        input: program,
      });
      const { stdout: names } = await run('python3', [
        join(cluster, 'names.py'),
        `${i}`,
        `${Math.ceil(seconds / gap)}`,
        `${gap}`,
      ]);
      const client = spawn('kubectl', ['exec', '-i', pod, '--', 'timeout', `${seconds}`, '/tmp/gai'], {
        env,
        stdio: ['pipe', 'ignore', 'ignore'],
      });
      client.stdin.on('error', () => undefined).end(names);
      await new Promise((end) => client.on('close', end));
    }),
  );
}

/** What is left of collections: pods, containers beside others that run, processes here, guards. */
async function left() {
  let found = [];
  for (let i = 0; i < 20; i++) {
    const pods = JSON.parse(kubectl('get', 'pods', '-A', '-o', 'json')).items;
    const own = pods.filter(
      ({ metadata }) => metadata.labels?.['app.kubernetes.io/managed-by'] === 'dnslens-collect',
    );
    const beside = pods
      .flatMap(({ status }) => status.ephemeralContainerStatuses ?? [])
      .filter(({ state }) => state.running);
    const processes = execFileSync('ps', ['-eo', 'pid,args'], { encoding: 'utf8' })
      .split('\n')
      .filter((line) =>
        /tcpdump -Z root|while \[ \$\(date|while read -r x|kubectl.*(?:exec -i|patch configmap)|trap "" HUP INT/.test(
          line,
        ),
      );
    found = [...own.map(({ metadata }) => metadata.name), ...beside.map(({ name }) => name), ...processes];
    if (found.length === 0) return;
    await after(1000);
  }
  throw new Error(`left behind: ${found.join('; ')}`);
}

function expect(what, is) {
  if (!is) throw new Error(what);
}

const filesIn = (path) =>
  readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(path.length + 1))
    .sort();
const manifestIn = (path) => JSON.parse(readFileSync(join(path, 'manifest.json'), 'utf8'));
const verdicts = (path) =>
  JSON.parse(execFileSync(process.execPath, [PROGRAM, path, '--json'], { env, encoding: 'utf8' }));
const found = (causes, kind) =>
  causes
    .filter((row) => row.kind === kind && ['confirmed', 'likely', 'possible'].includes(row.verdict))
    .map(({ cause, verdict }) => `${cause} ${verdict}`);
const corefile = () =>
  kubectl('get', 'configmap', 'coredns', '-n', 'kube-system', '-o', 'jsonpath={.data.Corefile}');
const setCorefile = (text) => {
  const patch = JSON.stringify({ data: { Corefile: text } });
  kubectl('patch', 'configmap', 'coredns', '-n', 'kube-system', '--type=merge', '-p', patch);
};

/** What --quick is content with. */
const QUICK = /clean bill|dropped on a node|nothing is left/;

const CHECKS = {
  async 'a healthy cluster gets a clean bill'() {
    const out = folder('healthy');
    const busy = traffic(16);
    const { code, printed, said } = await collect(out, [
      '--workload',
      'default/tetris',
      '--for',
      '10s',
      '--report',
    ]).done;
    await busy;
    expect(`exit ${code}: ${said}`, code === 0);
    expect(`not a clean bill: ${printed}`, /^None of [\d,]+ lookups was slow/.test(printed));
    const faults = found(verdicts(out), 'fault');
    expect(`faults: ${faults}`, faults.length === 0);
    const { missing, clocks, nodes } = manifestIn(out);
    expect(`missing: ${missing.join('; ')}`, missing.length === 0);
    expect(
      `clocks: ${JSON.stringify(clocks)}`,
      clocks.length === nodes.length && clocks.every(({ within_seconds: within }) => within < 0.5),
    );
    await left();
    const held = filesIn(out).filter((file) => readFileSync(join(out, file)).includes(SECRET));
    expect(`the secret is in ${held.join(', ')}`, held.length === 0);
  },

  async 'queries that are dropped on a node are told, with the place'() {
    const out = folder('loss');
    const rule = [
      'FORWARD',
      '-p',
      'udp',
      '--dport',
      '53',
      '-s',
      '10.42.0.0/16',
      '-d',
      '10.42.0.0/16',
      '-m',
      'statistic',
      '--mode',
      'random',
      '--probability',
      '0.1',
      '-j',
      'DROP',
    ];
    const busy = traffic(30);
    for (const node of ['n1', 'n2']) sh('on', node, 'iptables', '-I', ...rule);
    const { printed } = await collect(out, [
      '--workload',
      'default/tetris',
      '--for',
      '20s',
      '--report',
    ]).done.finally(() => {
      for (const node of ['n1', 'n2']) sh('on', node, 'iptables', '-D', ...rule);
    });
    await busy;
    const causes = verdicts(out);
    expect(`not told: ${printed}`, found(causes, 'fault').join() === 'lost-queries confirmed');
    expect(`no place: ${printed}`, /queries? on n[12], (?:before|between) /.test(printed));
    console.log(
      printed
        .split('\n')
        .slice(0, 12)
        .map((line) => `    ${line}`)
        .join('\n'),
    );
    await left();
  },

  async 'the script of --dry-run gives the same folder'() {
    const args = ['--workload', 'default/tetris', '--for', '5s', '-q'];
    const [one, other] = [folder('one'), folder('other')];
    const { stdout } = await run(
      process.execPath,
      [PROGRAM, 'collect', '--dry-run', '--out', other, ...IMAGE, ...args],
      { env },
    );
    writeFileSync(folder('collect.sh'), stdout);
    expect('a dry run makes a folder', !existsSync(other));
    await Promise.all([collect(one, args).done, run('bash', [folder('collect.sh')], { env }), traffic(10)]);
    expect(
      `other files: ${filesIn(one)} and ${filesIn(other)}`,
      filesIn(one).join() === filesIn(other).join(),
    );
    const [a, b] = [one, other].map((path) =>
      manifestIn(path)
        .gathered.map(({ file, failed, label, node }) => [file, failed, label, node].join())
        .sort(),
    );
    expect(`other manifests: ${a} and ${b}`, a.join('\n') === b.join('\n'));
    await left();
  },

  async 'nothing is left after Ctrl-C, a kill of kubectl and a kill of dnslens'() {
    const args = ['--workload', 'default/tetris', '--for', '40s', '--in-pod'];
    const [asked, hit, killed] = ['interrupted', 'hit', 'killed'].map((name) => ({
      out: folder(name),
      ...collect(folder(name), args),
    }));
    await Promise.all(
      [asked, hit, killed].map(({ says }) =>
        Promise.all(['n1', 'n2'].map((node) => says(`gathering on node ${node}`))),
      ),
    );
    await after(3000);
    asked.child.kill('SIGINT');
    killed.child.kill('SIGKILL');
    const children = execFileSync('ps', ['-o', 'pid=,args=', '--ppid', `${hit.child.pid}`], {
      encoding: 'utf8',
    })
      .split('\n')
      .filter((line) => /tcpdump/.test(line));
    for (const line of children) process.kill(-Number(line.trim().split(' ')[0]), 'SIGKILL');
    const { code } = await asked.done;
    expect(`exit ${code} after Ctrl-C`, code === 0 && manifestIn(asked.out).interrupted);
    const notes = readFileSync(join(asked.out, 'nodes/n1/tcpdump.txt'), 'utf8');
    expect(`tcpdump did not end by itself: ${notes}`, notes.includes('dropped by kernel'));
    expect(
      'no logs after Ctrl-C',
      filesIn(asked.out).some((file) => file.startsWith('logs/')),
    );
    hit.child.kill('SIGINT');
    await hit.done;
    expect(
      'a killed kubectl is not told',
      manifestIn(hit.out).missing.some((line) =>
        /packets on node n1: kubectl was ended by SIGKILL/.test(line),
      ),
    );
    await killed.done;
    await left();
  },

  async 'the log plugin is turned on and put back, also where dnslens is killed'() {
    const before = corefile();
    const without = before.replace(/^ *log\n/m, '');
    setCorefile(without);
    try {
      const { child, says, done } = collect(folder('log'), ['--node', 'n1', '--for', '5s', '--enable-log']);
      await says('the log plugin is turned on');
      expect('the plugin is off', /^ *log$/m.test(corefile()));
      child.kill('SIGKILL');
      await done;
      await left();
      expect(`it was not put back: ${corefile()}`, corefile() === without);
    } finally {
      setCorefile(before);
    }
  },

  async 'an account with the rights of deploy/rbac.yaml gathers all but the pods own files'() {
    const rbac = join(import.meta.dirname, '../deploy/rbac.yaml');
    kubectl('apply', '-f', rbac);
    kubectl('apply', '-f', join(import.meta.dirname, '../deploy/job.yaml'), '--dry-run=server');
    try {
      const token = kubectl('create', 'token', 'dnslens', '-n', 'dnslens').trim();
      const config = folder('account.kubeconfig');
      const admin = JSON.parse(kubectl('config', 'view', '--raw', '-o', 'json'));
      admin.users[0].user = { token };
      writeFileSync(config, JSON.stringify(admin));
      const bin = mkdtempSync(join(work, 'bin-'));
      writeFileSync(
        join(bin, 'kubectl'),
        `#!/bin/sh\nexec ${cluster}/kubectl --kubeconfig=${config} "$@"\n`,
        { mode: 0o755 },
      );
      const { code } = await collect(
        folder('account'),
        ['--workload', 'default/tetris', '--namespace', 'dnslens', '--for', '3s'],
        { env: { PATH: `${bin}:${env.PATH}` } },
      ).done;
      const { missing } = manifestIn(folder('account'));
      const others = missing.filter((line) => !line.startsWith('resolv.conf of default/'));
      expect(
        `exit ${code}, missing: ${others.join('; ')}`,
        code === 0 && others.length === 0 && missing.length > 0,
      );
      await left();
    } finally {
      kubectl('delete', '-f', rbac, '--wait=false');
    }
  },

  async 'a workload on the nodes networks is used in the place of pods of its own'() {
    kubectl('apply', '-f', write('tools.yaml', TOOLS));
    try {
      kubectl('rollout', 'status', 'daemonset/tools', '--timeout=60s');
      const { child, done, says } = collect(folder('through'), [
        '--through',
        'default/tools',
        '--node',
        'n1',
        '--for',
        '60s',
        '--archive',
      ]);
      await says('gathering on node n1');
      await says('gathering on node n2');
      await after(3000);
      child.kill('SIGINT');
      const { code, said } = await done;
      expect(
        `exit ${code}: ${said}`,
        code === 0 &&
          !said.includes('kubectl create') &&
          existsSync(`${folder('through')}.tar.zst`) &&
          !existsSync(folder('through')),
      );
      await left();
      expect('the archive is not read', verdicts(`${folder('through')}.tar.zst`).length > 0);
    } finally {
      kubectl('delete', 'daemonset', 'tools', '--wait=false', '--grace-period=0');
    }
  },

  async 'kubectl dnslens is dnslens'() {
    // the cluster's kubectl puts an option first, which plugins do not take
    const own = { ...env, KUBECONFIG: join(home, 'run/admin.kubeconfig') };
    const args = ['on', 'cp', join(home, 'bin/kubectl'), 'dnslens', '--version'];
    const version = execFileSync(process.execPath, [PROGRAM, '--version'], { encoding: 'utf8' });
    const said = execFileSync(join(cluster, 'cluster.sh'), args, { env: own, encoding: 'utf8' });
    expect(`no plugin: ${said}`, said === version);
  },
};

const TOOLS = {
  apiVersion: 'apps/v1',
  kind: 'DaemonSet',
  metadata: { name: 'tools', namespace: 'default' },
  spec: {
    selector: { matchLabels: { name: 'tools' } },
    template: {
      metadata: { labels: { name: 'tools' } },
      spec: {
        hostNetwork: true,
        terminationGracePeriodSeconds: 0,
        containers: [
          {
            name: 'tools',
            image: IMAGE[1],
            imagePullPolicy: 'Never',
            command: ['sleep', 'infinity'],
            securityContext: { privileged: true },
          },
        ],
      },
    },
  },
};

const CANARY = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: {
    name: 'canary',
    namespace: 'default',
    annotations: { token: SECRET },
    labels: { secret: SECRET },
  },
  spec: {
    terminationGracePeriodSeconds: 0,
    containers: [
      {
        name: 'c',
        image: IMAGE[1],
        imagePullPolicy: 'Never',
        command: ['sh', '-c', 'sleep infinity'],
        args: [SECRET],
        env: [{ name: 'TOKEN', value: SECRET }],
      },
    ],
  },
};

function write(name, object) {
  writeFileSync(folder(name), JSON.stringify(object));
  return folder(name);
}

const failed = [];
try {
  sh('up');
  kubectl('apply', '-f', write('canary.json', CANARY));
  for (const [name, check] of Object.entries(CHECKS)) {
    if (!name.includes(flags.only) || (flags.quick && !QUICK.test(name))) continue;
    const began = Date.now();
    const fault = await check().then(
      () => null,
      (error) => error,
    );
    if (fault) failed.push(name);
    console.log(
      `${fault ? 'FAILED' : 'ok'}  ${name} (${Math.round((Date.now() - began) / 1000)} s)${fault ? `\n    ${fault.message}` : ''}`,
    );
  }
} finally {
  if (!flags.keep) {
    sh('down');
    rmSync(work, { recursive: true, force: true });
  } else console.log(work);
}
process.exitCode = failed.length > 0 ? 1 : 0;

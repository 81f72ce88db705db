// Gathers from a real cluster, as users do, and looks at what came of it and at what was left behind:
//   npm run build && node bench/check-collect.js CLUSTER [--cni ptp|bridge] [--only TEXT | --quick] [--keep]
// CLUSTER is a folder with cluster.sh, kubectl and names.py; where the cluster was never built, nothing is done and that is said.
import { execFile, execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { parseArgs, promisify } from 'node:util';
import { IMAGE, liveCluster, whyNoCluster } from './support/live-cluster.js';

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
const why = whyNoCluster(cluster);
if (why !== null) {
  console.log(`skipped: ${why}`);
  process.exit(0);
}

const SECRET = 'canary-7c1f0a';
const live = liveCluster(cluster, flags.cni);

function expect(what, is) {
  if (!is) throw new Error(what);
}

const filesIn = (path) =>
  readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(path.length + 1))
    .sort();
const manifestIn = (path) => JSON.parse(readFileSync(join(path, 'manifest.json'), 'utf8'));
const verdicts = (path) => JSON.parse(live.dnslens(path, '--json'));
const found = (causes, kind) =>
  causes
    .filter((row) => row.kind === kind && ['confirmed', 'likely', 'possible'].includes(row.verdict))
    .map(({ cause, verdict }) => `${cause} ${verdict}`);
/** What --quick is content with. */
const QUICK = /clean bill|dropped on a node|nothing is left/;

const CHECKS = {
  async 'a healthy cluster gets a clean bill'() {
    const out = live.folder('healthy');
    const busy = live.traffic(16);
    const { code, printed, said } = await live.collect(out, [
      '--workload',
      'default/tetris',
      '--for',
      '10s',
      '--report',
    ]).done;
    await busy;
    expect(`exit ${code}: ${said}`, code === 0);
    expect(`not a clean bill: ${printed}`, /^None of [\d,]+ lookups [^]*? was slow/.test(printed));
    const faults = found(verdicts(out), 'fault');
    expect(`faults: ${faults}`, faults.length === 0);
    const { missing, clocks, nodes } = manifestIn(out);
    expect(`missing: ${missing.join('; ')}`, missing.length === 0);
    expect(
      `clocks: ${JSON.stringify(clocks)}`,
      clocks.length === nodes.length && clocks.every(({ within_seconds: within }) => within < 0.5),
    );
    await live.left();
    const held = filesIn(out).filter((file) => readFileSync(join(out, file)).includes(SECRET));
    expect(`the secret is in ${held.join(', ')}`, held.length === 0);
  },

  async 'queries that are dropped on a node are told, with the place'() {
    const out = live.folder('loss');
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
    const busy = live.traffic(30);
    for (const node of ['n1', 'n2']) live.sh('on', node, 'iptables', '-I', ...rule);
    const { printed } = await live
      .collect(out, ['--workload', 'default/tetris', '--for', '20s', '--report'])
      .done.finally(() => {
        for (const node of ['n1', 'n2']) live.sh('on', node, 'iptables', '-D', ...rule);
      });
    await busy;
    const causes = verdicts(out);
    expect(`not told: ${printed}`, found(causes, 'fault').join() === 'lost-queries confirmed');
    expect(`no place: ${printed}`, /queries? (?:was|were) lost on n[12], (?:before|between) /.test(printed));
    console.log(
      printed
        .split('\n')
        .slice(0, 12)
        .map((line) => `    ${line}`)
        .join('\n'),
    );
    await live.left();
  },

  async 'the script of --dry-run gives the same folder'() {
    const args = ['--workload', 'default/tetris', '--for', '5s', '-q'];
    const [one, other] = [live.folder('one'), live.folder('other')];
    const { printed } = await live.collect(other, [...args, '--dry-run']).done;
    writeFileSync(live.folder('collect.sh'), printed);
    expect('a dry run makes a folder', !existsSync(other));
    await Promise.all([
      live.collect(one, args).done,
      promisify(execFile)('bash', [live.folder('collect.sh')], { env: live.env }),
      live.traffic(10),
    ]);
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
    await live.left();
  },

  async 'nothing is left after Ctrl-C, a kill of kubectl and a kill of dnslens'() {
    const args = ['--workload', 'default/tetris', '--for', '40s', '--in-pod'];
    const [asked, hit, killed] = ['interrupted', 'hit', 'killed'].map((name) => ({
      out: live.folder(name),
      ...live.collect(live.folder(name), args),
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
    await live.left();
  },

  async 'the log plugin is turned on and put back, also where dnslens is killed'() {
    const before = live.corefile();
    const without = before.replace(/^ *log\n/m, '');
    live.setCorefile(without);
    try {
      const { child, says, done } = live.collect(live.folder('log'), [
        '--node',
        'n1',
        '--for',
        '5s',
        '--enable-log',
      ]);
      await says('the log plugin is turned on');
      expect('the plugin is off', /^ *log$/m.test(live.corefile()));
      child.kill('SIGKILL');
      await done;
      await live.left();
      expect(`it was not put back: ${live.corefile()}`, live.corefile() === without);
    } finally {
      live.setCorefile(before);
    }
  },

  async 'an account with the rights of deploy/rbac.yaml gathers all but the pods own files'() {
    const rbac = join(import.meta.dirname, '../deploy/rbac.yaml');
    live.kubectl('apply', '-f', rbac);
    live.kubectl('apply', '-f', join(import.meta.dirname, '../deploy/job.yaml'), '--dry-run=server');
    try {
      const token = live.kubectl('create', 'token', 'dnslens', '-n', 'dnslens').trim();
      const config = live.folder('account.kubeconfig');
      const admin = JSON.parse(live.kubectl('config', 'view', '--raw', '-o', 'json'));
      admin.users[0].user = { token };
      writeFileSync(config, JSON.stringify(admin));
      const bin = mkdtempSync(join(live.work, 'bin-'));
      writeFileSync(
        join(bin, 'kubectl'),
        `#!/bin/sh\nexec ${cluster}/kubectl --kubeconfig=${config} "$@"\n`,
        { mode: 0o755 },
      );
      const { code } = await live.collect(
        live.folder('account'),
        ['--workload', 'default/tetris', '--namespace', 'dnslens', '--for', '3s'],
        { env: { PATH: `${bin}:${live.env.PATH}` } },
      ).done;
      const { missing } = manifestIn(live.folder('account'));
      const others = missing.filter((line) => !line.startsWith('resolv.conf of default/'));
      expect(
        `exit ${code}, missing: ${others.join('; ')}`,
        code === 0 && others.length === 0 && missing.length > 0,
      );
      await live.left();
    } finally {
      live.kubectl('delete', '-f', rbac, '--wait=false');
    }
  },

  async 'a workload on the nodes networks is used in the place of pods of its own'() {
    live.kubectl('apply', '-f', live.write('tools.yaml', TOOLS));
    try {
      live.kubectl('rollout', 'status', 'daemonset/tools', '--timeout=60s');
      const { child, done, says } = live.collect(live.folder('through'), [
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
          existsSync(`${live.folder('through')}.tar.zst`) &&
          !existsSync(live.folder('through')),
      );
      await live.left();
      expect('the archive is not read', verdicts(`${live.folder('through')}.tar.zst`).length > 0);
    } finally {
      live.kubectl('delete', 'daemonset', 'tools', '--wait=false', '--grace-period=0');
    }
  },

  async 'kubectl dnslens is dnslens'() {
    // the cluster's kubectl puts an option first, which plugins do not take
    const own = { ...live.env, KUBECONFIG: join(live.home, 'run/admin.kubeconfig') };
    const args = ['on', 'cp', join(live.home, 'bin/kubectl'), 'dnslens', '--version'];
    const said = execFileSync(join(cluster, 'cluster.sh'), args, { env: own, encoding: 'utf8' });
    expect(`no plugin: ${said}`, said === live.dnslens('--version'));
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
            image: IMAGE,
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
        image: IMAGE,
        imagePullPolicy: 'Never',
        command: ['sh', '-c', 'sleep infinity'],
        args: [SECRET],
        env: [{ name: 'TOKEN', value: SECRET }],
      },
    ],
  },
};

const failed = [];
try {
  await live.up();
  live.kubectl('apply', '-f', live.write('canary.json', CANARY));
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
    live.sh('down');
    rmSync(live.work, { recursive: true, force: true });
  } else console.log(live.work);
}
process.exitCode = failed.length > 0 ? 1 : 0;

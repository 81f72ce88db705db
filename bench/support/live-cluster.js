// A real cluster for checks of dnslens collect: started, asked, given traffic, and looked over for what is left behind.
import { execFile, execFileSync, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { promisify } from 'node:util';

const PROGRAM = join(import.meta.dirname, '../../dist/cli.js');
export const IMAGE = 'docker.io/dnl/netshoot:1';
const IMAGE_FLAGS = ['--image', IMAGE, '--image-pull-policy', 'Never'];
const HOME = process.env.CLUSTER_HOME ?? join(homedir(), '.cache/dnslens-cluster');

/** Why there is no cluster to check on; null where there is. `cluster` is a folder with cluster.sh, kubectl and names.py. */
export function whyNoCluster(cluster) {
  const isBuilt = existsSync(join(cluster, 'cluster.sh')) && existsSync(join(HOME, 'images'));
  if (!isBuilt || process.getuid() !== 0) return 'the cluster is not built here, or this is not root';
  // one that is up is somebody's
  return existsSync('/run/netns/k-sw') ? 'the cluster is up already, and may be in use' : null;
}

/** What checks do with a cluster. */
export function liveCluster(cluster, cni) {
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
      env: { ...env, CNI: cni },
      stdio: 'ignore',
    });
  const pods = () =>
    kubectl(
      ...'get pods -l app=tetris --field-selector=status.phase=Running -o'.split(' '),
      'jsonpath={.items[*].metadata.name}',
    ).split(' ');
  /** Starts the cluster; done when its pods get answers, as DNS servers run for seconds before the nodes know of them. */
  async function up() {
    sh('up');
    for (const workload of ['coredns -n kube-system', 'tetris'])
      kubectl(...`rollout status --timeout=120s deployment/${workload}`.split(' '));
    const ask = 'dig +time=1 +tries=1 +noall +answer kubernetes.default.svc.cluster.local | grep -q .';
    const untilAnswered = `for i in $(seq 60); do ${ask} && n=$((n+1)) || n=0; [ "$n" = 5 ] && exit; done; exit 1`;
    await Promise.all(
      pods().map((pod) => run('kubectl', ['exec', pod, '--', 'sh', '-c', untilAnswered], { env })),
    );
  }
  const folder = (name) => join(work, name);
  /** dnslens itself, for what it prints. */
  const dnslens = (...args) => execFileSync(process.execPath, [PROGRAM, ...args], { env, encoding: 'utf8' });
  const corefile = () =>
    kubectl('get', 'configmap', 'coredns', '-n', 'kube-system', '-o', 'jsonpath={.data.Corefile}');
  const setCorefile = (text) =>
    kubectl(
      ...'patch configmap coredns -n kube-system --type=merge -p'.split(' '),
      JSON.stringify({ data: { Corefile: text } }),
    );

  /** Starts dnslens collect; `done` is its exit and what it said. */
  function collect(out, args, options = {}) {
    const child = spawn(
      process.execPath,
      [PROGRAM, 'collect', '--yes', '--out', out, ...IMAGE_FLAGS, ...args],
      {
        env: { ...env, ...options.env },
      },
    );
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
    const kinds = ['glibc', 'musl', 'go'];
    await Promise.all(
      pods().map(async (pod, i) => {
        const kind = kinds[i % 3];
        const program = readFileSync(join(HOME, 'tools', `gai-${kind}`));
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

  /** A file with an object, for kubectl apply. */
  function write(name, object) {
    writeFileSync(folder(name), JSON.stringify(object));
    return folder(name);
  }

  return {
    home: HOME,
    work,
    env,
    kubectl,
    sh,
    up,
    folder,
    dnslens,
    corefile,
    setCorefile,
    collect,
    traffic,
    left,
    write,
  };
}

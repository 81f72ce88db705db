#!/usr/bin/env node
// Imports nothing but what any Node has: what else dnslens is made of fails to load in an older one, each library
// with words of its own.
import { readFileSync } from 'node:fs';

/** The least version that runs it is said in package.json alone. */
const { engines } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
  engines: { node: string };
};
const needed = engines.node.replace('>=', '');

if (isOlder(process.versions.node, needed)) {
  process.stderr.write(
    `dnslens: this is Node ${process.versions.node}, and dnslens needs Node ${needed} or later; install one, such as the LTS from https://nodejs.org\n`,
  );
  process.exitCode = 2;
} else {
  try {
    const { main } = await import('./cli/main.js');
    process.exitCode = await main(process.argv.slice(2));
  } catch (error) {
    // main itself never throws: a file of dnslens could not be read, as where no more files may be open
    const [why] = (error as Error).message.split('\n');
    process.stderr.write(
      `dnslens: it cannot be started: ${why}; raise the limits of the shell (ulimit -n), or install it anew\n`,
    );
    process.exitCode = 2;
  }
}

function isOlder(version: string, least: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [leastMajor = 0, leastMinor = 0] = least.split('.').map(Number);
  return major < leastMajor || (major === leastMajor && minor < leastMinor);
}

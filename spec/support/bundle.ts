/**
 * Puts client and server into a few files below `dist/bundle`, and V8's own form of the server's code beside it: a start
 * then opens some ten files in place of some hundreds, and compiles nothing. Part of the build, after tsc.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type BuildOptions, build, type Plugin } from 'esbuild';
import { CODE_END, CODE_START } from '../../lib/base/cached-code.ts';
import { errorText } from '../../lib/base/user-error.ts';
import { NODE_FLAGS } from '../../lib/client/start-server.ts';
import { TerminalClient } from './terminal-client.ts';
import { waitUntil } from './wait.ts';

const root = path.resolve(import.meta.dirname, '../../..');
const target = path.join(root, 'dist/bundle');
/** It takes its place whole, so that a client that starts meanwhile finds one or the other. */
const folder = `${target}.${process.pid}`;

/** What esbuild cannot see through: kysely's `require` is one of its own, and blessed never asks for all of itself. */
const packages: Plugin = {
  name: 'packages',
  setup({ onLoad, onResolve }) {
    onLoad({ filter: /\/lib\/store\/kysely\.ts$/ }, () => ({
      contents: "export { Kysely, SqliteDialect, sql } from 'kysely'",
      resolveDir: root,
    }));
    onResolve({ filter: /^\.\.\/$/ }, ({ importer }) =>
      importer.endsWith('/neo-blessed/lib/unicode.js') ? { path: 'neo-blessed', external: true } : undefined,
    );
  },
};

/** Modules of Node that take milliseconds to load, and that a start does without: each loads when first used. */
const LATE = /^(?:node:)?(?:assert|child_process|crypto|fs\/promises|http|timers\/promises|vm|worker_threads)$/;

const lateModules: Plugin = {
  name: 'late modules',
  setup({ onLoad, onResolve }) {
    onResolve({ filter: LATE }, ({ path: name, namespace }) =>
      namespace === 'late' ? { path: name, external: true } : { path: name.replace(/^node:/, ''), namespace: 'late' },
    );
    onLoad({ filter: /^/, namespace: 'late' }, async ({ path: name }) => {
      const names = Object.keys((await import(`node:${name}`)) as object).filter((key) => key !== 'default');
      const getters = names.map((key) => `get ${key}(){return late().${key}}`);
      return {
        contents: `let found;const late=()=>found??=require('node:${name}');
          module.exports=Object.defineProperties((...args)=>late()(...args),Object.getOwnPropertyDescriptors({${getters}}));`,
      };
    });
  },
};

const common: BuildOptions = {
  absWorkingDir: root,
  bundle: true,
  format: 'cjs',
  platform: 'node',
  target: 'node20',
  // The names stay: stacks are read.
  minifySyntax: true,
  minifyWhitespace: true,
  sourcemap: true,
  sourcesContent: false,
  legalComments: 'linked',
  // They load machine code from beside them.
  external: ['better-sqlite3', 'node-pty'],
  define: { 'import.meta.url': 'moduleUrl', 'import.meta.dirname': '__dirname' },
  plugins: [packages, lateModules],
};
const MODULE_URL = "const moduleUrl=require('node:url').pathToFileURL(__filename).href;";

async function bundle(): Promise<void> {
  const one = (from: string, to: string, banner: string, footer = '') =>
    build({
      ...common,
      entryPoints: [path.join('lib', from)],
      outfile: path.join(folder, to),
      banner: { js: banner },
      footer: { js: footer },
    });
  await Promise.all([
    one('client/main.ts', 'client/main.js', MODULE_URL),
    one('server/bundled.ts', 'server/main.js', MODULE_URL),
    one('server/main.ts', 'server/code.js', CODE_START + MODULE_URL, CODE_END),
    one('tools/search-worker.ts', 'server/search-worker.js', MODULE_URL),
  ]);
  writeFileSync(path.join(folder, 'package.json'), '{ "type": "commonjs" }\n');
}

/** Lets a server do what most do first, so that V8 compiles it and it is kept; without it all works, and starts later. */
async function warm(): Promise<void> {
  const place = mkdtempSync(path.join(tmpdir(), 'qmux-build-'));
  const socket = path.join(place, 's');
  const environment = {
    PATH: process.env['PATH'] ?? '/usr/bin:/bin',
    HOME: place,
    SHELL: '/bin/sh',
    TERM: 'xterm-256color',
    LANG: 'C.UTF-8',
    PS1: '$ ',
  };
  mkdirSync(path.join(place, '.config/qmux'), { recursive: true });
  writeFileSync(path.join(place, '.config/qmux/config.toml'), '[api]\ndiscover = []\n');
  const server = spawn(
    process.execPath,
    [...NODE_FLAGS, path.join(import.meta.dirname, 'warm-code.js'), path.join(folder, 'server/code.js'), socket],
    { env: environment, stdio: ['ignore', 'ignore', 'inherit'] },
  );
  const left = new Promise((resolve) => server.once('close', resolve));
  await waitUntil(() => existsSync(socket), 'the server to listen');
  const client = new TerminalClient([process.execPath, path.join(folder, 'client/main.js'), '-S', socket], {
    environment,
    workingDirectory: place,
    columns: 100,
    rows: 30,
  });
  try {
    await client.shows('q> ');
  } finally {
    client.dispose();
    server.kill('SIGTERM');
    await left;
    rmSync(place, { recursive: true, force: true });
  }
}

try {
  await bundle();
  await warm().catch((error: unknown) => console.error(`the server's code is not kept: ${errorText(error)}`));
  rmSync(`${folder}.old`, { recursive: true, force: true });
  if (existsSync(target)) renameSync(target, `${folder}.old`);
  renameSync(folder, target);
} finally {
  rmSync(folder, { recursive: true, force: true });
  rmSync(`${folder}.old`, { recursive: true, force: true });
}

import { execFileSync, spawnSync } from 'node:child_process';
import path from 'node:path';
import { expect } from 'chai';
import { NODE_FLAGS } from '../../lib/client/start-server.ts';
import { currentBundle } from '../support/current-bundle.ts';
import { Workplace } from '../support/workplace.ts';

describe('the bundle', () => {
  let bundle: string;
  let workplace: Workplace;

  before(function () {
    this.timeout(60_000);
    bundle = currentBundle();
  });
  beforeEach(() => {
    workplace = new Workplace();
  });
  afterEach(() => workplace.dispose());

  it('starts client and server, a session and its frame with few descriptors', async () => {
    const client = path.join(bundle, 'client/main.js');
    const script = `ulimit -n 40; exec '${process.execPath}' '${client}' -S '${workplace.socketPath}' new-session 'echo it runs; exec cat'`;
    const terminal = workplace.terminal(['/bin/sh', '-c', script]);
    await terminal.shows('it runs');
    await terminal.shows(/0:/);
  });

  it('loads of Node what a start needs, and of packages only those with machine code', () => {
    const trace = workplace.write(
      'trace.cjs',
      `setInterval(() => {
         if (!require('node:fs').existsSync(process.argv[2])) return;
         const own = Object.keys(require.cache).map((file) => '\\nfile ' + file).join('');
         process.stdout.write(process.moduleLoadList.join('\\n') + own);
         process.kill(process.pid, 'SIGKILL');
       }, 5);`,
    );
    const main = path.join(bundle, 'server/main.js');
    const { stdout } = spawnSync(process.execPath, [...NODE_FLAGS, '-r', trace, main, workplace.socketPath], {
      env: workplace.environment,
      encoding: 'utf8',
    });
    const loaded = stdout.split('\n');
    expect(loaded).to.include('NativeModule net');
    for (const module of ['assert', 'crypto', 'http', 'tls', 'worker_threads', 'zlib'])
      expect(loaded).to.not.include(`NativeModule ${module}`);
    const packages = loaded.flatMap((line) => /^file .*\/node_modules\/([^/]+)\//.exec(line)?.[1] ?? []);
    expect([...new Set(packages)]).to.deep.equal(['node-pty']);
  });

  it('has the code of the server as V8 keeps it', () => {
    const code = path.join(bundle, 'server/code.js');
    const script = `import { loadCode } from ${JSON.stringify(path.resolve(bundle, '../lib/base/cached-code.js'))};
      process.stdout.write(String(loadCode(${JSON.stringify(code)}).isCached));`;
    const args = [...NODE_FLAGS, '--input-type=module', '-e', script];
    expect(execFileSync(process.execPath, args, { encoding: 'utf8' })).to.equal('true');
  });

  it('works under flags of Node for which the kept code is not', async () => {
    const environment = { NODE_OPTIONS: '--max-old-space-size=1000' };
    const { code, stderr } = await workplace.run(['new-session', '-d', '-s', 'one', 'cat'], { environment });
    expect([code, stderr]).to.deep.equal([0, '']);
    expect(await workplace.ask('list-sessions', '-F', '#{session_name}')).to.equal('one');
  });
});

import { chmodSync, existsSync, lstatSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { expect } from 'chai';
import { processStart } from '../../lib/pty/process-start.ts';
import { waitUntil } from '../support/wait.ts';
import { QMUX, Workplace } from '../support/workplace.ts';

/** Does what is typed, as an agent whose program has that name. */
const SHELL_AGENT = '#!/bin/sh\nwhile IFS= read -r line; do eval "$line"; done\n';

interface Told {
  readonly status: string;
  readonly agent?: { readonly name: string };
  readonly evidence?: readonly { readonly source: string; readonly claim: string; readonly detail: string }[];
}

describe('what agents say of themselves', () => {
  let workplace: Workplace;

  beforeEach(() => {
    workplace = new Workplace();
  });

  afterEach(() => workplace.dispose());

  function agentFile(name: string, text = SHELL_AGENT): string {
    const file = workplace.write(`bin/${name}`, text);
    chmodSync(file, 0o755);
    return file;
  }

  async function start(name: string, ...words: readonly string[]): Promise<void> {
    await workplace.ask('new-session', '-d', '-s', name, [agentFile(name), ...words].join(' '));
    await type(name, 'echo rea""dy');
    await waitUntil(async () => (await workplace.ask('capture-pane', '-p', '-t', name)).includes('ready'), 'the agent');
  }

  async function type(name: string, line: string): Promise<void> {
    await workplace.ask('send-keys', '-t', name, '-l', line);
    await workplace.ask('send-keys', '-t', name, 'Enter');
  }

  const explain = async (name: string) => JSON.parse(await workplace.ask('explain', '--json', '-t', name)) as Told;

  /** Waits until a source says something; `none` for that it says nothing. */
  async function says(name: string, source: string, claim: string): Promise<string> {
    let last: Told | undefined;
    const found = await waitUntil(
      async () => {
        last = await explain(name);
        const own = last.evidence?.find((one) => one.source === source);
        return (own?.claim ?? 'none') === claim && { detail: own?.detail ?? '' };
      },
      () => `${source} to say ${claim} of ${name}: ${JSON.stringify(last)}`,
    );
    return found.detail;
  }

  const hook = (event: string, payload: object): string =>
    `echo '${JSON.stringify(payload)}' | "${process.execPath}" "${QMUX}" report-status --hook ${event}; echo code $?`;

  it('comes by hooks, with what is asked, and takes itself back', async () => {
    await start('claude');
    await type('claude', hook('UserPromptSubmit', { prompt: 'go' }));
    await says('claude', 'hook', 'busy');
    const asks = { notification_type: 'permission_prompt', message: 'may I', session_id: '7-a' };
    await type('claude', hook('Notification', asks));
    expect(await says('claude', 'hook', 'approval')).to.equal('Notification/permission_prompt · may I');
    const listed = () => workplace.ask('list-sessions', '-F', '#{session_status} #{session_waiting_reason}');
    await waitUntil(async () => /waiting/.test(await listed()), 'the session to wait');
    await type('claude', hook('Stop', { agent_id: 'helper' }));
    await type('claude', hook('Unknown', {}));
    await type('claude', "printf '{\\42tool_name\\42' | ".concat(hook('Stop', {}).replace(/^echo '.*?' \| /, '')));
    await says('claude', 'hook', 'idle');
    await type('claude', hook('SessionEnd', {}));
    await says('claude', 'hook', 'none');
    expect(await workplace.ask('capture-pane', '-p', '-t', 'claude'))
      .to.match(/code 0/)
      .and.not.match(/code [^0$]/);
  });

  it('waits for a person where its hook decides, and the answer is for that call alone', async () => {
    await start('claude');
    const asks = (command: string, out: string) =>
      type(
        'claude',
        hook('PermissionRequest', { tool_name: 'Bash', tool_input: { command, description: 'tidy' } }).replace(
          '; echo',
          ` > ${out}; echo`,
        ),
      );
    const output = (out: string) => {
      const file = path.join(workplace.home, out);
      return existsSync(file) ? readFileSync(file, 'utf8') : '';
    };
    /** What `approve` shows to who has not seen it, and the number by which it can be meant. */
    const shown = () =>
      waitUntil(async () => {
        const { stdout, stderr } = await workplace.run(['approve', '-t', 'claude']);
        const number = /--question (\w+)/.exec(stderr)?.[1];
        return number !== undefined && { stdout, number };
      }, 'the question');
    await asks('rm -rf x', 'one');
    const first = await shown();
    expect(first.stdout).to.equal(`Bash\ncommand: rm -rf x\ndescription: tidy\n`);
    expect((await workplace.run(['approve', '-s', '-t', 'claude', '--question', first.number])).stderr).to.contain(
      'allow it once',
    );
    await workplace.ask('approve', '-t', 'claude', '--question', first.number);
    await waitUntil(() => output('one') !== '', 'the answer');
    expect(JSON.parse(output('one'))).to.deep.equal({
      hookSpecificOutput: { hookEventName: 'PermissionRequest', decision: { behavior: 'allow' } },
    });
    await asks('rm -rf /', 'two');
    const second = await shown();
    expect(second.stdout).to.contain('command: rm -rf /\n');
    const stale = await workplace.run(['approve', '-t', 'claude', '--question', first.number]);
    expect(stale.code).to.equal(1);
    expect(output('two')).to.equal('');
    await workplace.ask('deny', '-t', 'claude', '--question', second.number);
    await waitUntil(() => output('two') !== '', 'the answer');
    expect(output('two')).to.contain('"behavior":"deny"');
    await asks('rm -rf /', 'three');
    const third = await shown();
    const client = workplace.attach(['attach-session', '-t', 'claude']);
    await client.shows(/(code 0[\s\S]*){3}/);
    expect(output('three')).to.equal('');
    const late = await workplace.run(['approve', '-t', 'claude', '--question', third.number]);
    expect(late.code).to.equal(1);
  });

  it('does not hold up or fail an agent where there is no server, and does nothing outside', async () => {
    const gone = { QMUX: '/nowhere/at/all,1,1', QMUX_SESSION: '1' };
    for (const environment of [{}, gone]) {
      const began = Date.now();
      const output = await workplace.run(['report-status', '--hook', 'Stop'], { stdin: '{}', environment });
      expect(output).to.deep.equal({ code: 0, stdout: '', stderr: '' });
      expect(Date.now() - began).to.be.below(3000);
    }
    await workplace.ask('new-session', '-d', '-s', 'a', 'exec cat');
    expect((await workplace.run(['report-status', '--hook', 'Stop'], { stdin: '{}' })).code).to.equal(0);
    const { evidence } = await explain('a');
    expect(evidence?.filter(({ source }) => source === 'hook')).to.deep.equal([]);
  });

  it("comes by herdr's protocol, from the programs of a session for that session alone", async () => {
    await start('crush');
    await workplace.ask('new-session', '-d', '-s', 'other', 'exec cat');
    await type('crush', 'env > env.txt');
    const file = path.join(workplace.home, 'env.txt');
    const text = await waitUntil(
      () => existsSync(file) && /HERDR_PANE_ID=.*\n/.test(readFileSync(file, 'utf8')) && readFileSync(file, 'utf8'),
      'the environment',
    );
    const given = (name: string): string => new RegExp(`^${name}=(.*)$`, 'm').exec(text)?.[1] ?? '';
    expect(given('HERDR_ENV')).to.equal('1');
    const socketPath = given('HERDR_SOCKET_PATH');
    expect(lstatSync(socketPath).mode & 0o777).to.equal(0o600);
    const socket = net.connect(socketPath);
    let answers = '';
    socket.setEncoding('utf8').on('data', (chunk: string) => {
      answers += chunk;
    });
    let sent = 0;
    const ask = async (text: string): Promise<unknown> => {
      socket.write(`${text}\n`);
      sent += 1;
      await waitUntil(() => answers.split('\n').length > sent, 'an answer');
      return JSON.parse(answers.split('\n')[sent - 1] ?? '');
    };
    const report = (params: object) =>
      ask(JSON.stringify({ id: '1', method: 'pane.report_agent', params: { agent: 'crush', ...params } }));
    const pane = given('HERDR_PANE_ID');
    const ok = { id: '1', result: { type: 'ok' } };
    expect(await report({ pane_id: pane, state: 'working', seq: 5 })).to.deep.equal(ok);
    await says('crush', 'report', 'busy');
    expect(await report({ pane_id: pane, state: 'blocked', seq: 7, message: 'may I' })).to.deep.equal(ok);
    expect(await says('crush', 'report', 'approval')).to.equal('blocked · may I');
    expect(await report({ pane_id: pane, state: 'working', seq: 6 })).to.deep.equal(ok);
    await says('crush', 'report', 'approval');
    expect(await report({ pane_id: pane.slice(0, -1), state: 'idle' })).to.have.nested.property(
      'error.code',
      'pane_not_found',
    );
    expect(await report({ pane_id: pane.replace(/\d+/, '2'), state: 'idle' })).to.have.property('error');
    expect(await report({ pane_id: pane, state: 'x' })).to.have.nested.property('error.code', 'invalid_params');
    expect(await ask('{"id":"1","method":"pane.send_text"}')).to.have.nested.property('error.code', 'method_not_found');
    expect(await ask('not json')).to.have.property('error');
    expect(await ask('{"id":"p","method":"ping"}')).to.deep.equal({ id: 'p', result: { type: 'pong' } });
    await says('other', 'report', 'none');
    const closed = new Promise((resolve) => socket.once('close', resolve));
    socket.on('error', () => undefined).write('x'.repeat(100_000));
    await closed;
    expect((await explain('crush')).status).to.not.equal('');
  });

  it("comes by Claude Code's own file, while that is of the process that runs", async () => {
    const folder = path.join(workplace.home, '.claude', 'sessions');
    mkdirSync(folder, { recursive: true });
    await start('claude');
    const pid = Number(await workplace.ask('list-panes', '-t', 'claude', '-F', '#{pane_pid}'));
    const ticks = processStart(pid)?.ticks;
    if (ticks === undefined) return;
    const write = (status: string, procStart: unknown) =>
      writeFileSync(path.join(folder, `${pid}.json`), JSON.stringify({ pid, sessionId: 's-1', status, procStart }));
    await waitUntil(async () => (await explain('claude')).agent?.name === 'claude', 'the agent to be known');
    write('busy', ticks);
    await says('claude', 'session-file', 'busy');
    write('waiting', ticks);
    await says('claude', 'session-file', 'approval');
    write('idle', ticks);
    await says('claude', 'session-file', 'idle');
    write('busy', '12345');
    await says('claude', 'session-file', 'none');
    write('idle', ticks);
    await says('claude', 'session-file', 'idle');
    writeFileSync(path.join(folder, `${pid}.json`), `${'['.repeat(70_000)}`);
    await says('claude', 'session-file', 'none');
  });

  it('comes by the events of an opencode that was started with a port', async () => {
    const port = await freePort();
    await start('opencode', '--port', String(port));
    const server = workplace.write(
      'server.mjs',
      `import http from 'node:http';
      const open = new Set();
      http.createServer((request, response) => {
        if (request.url === '/event') {
          response.writeHead(200, { 'content-type': 'text/event-stream' });
          response.write('data: {"type":"server.connected","properties":{}}\\n\\n');
          open.add(response);
        } else {
          for (const one of open) one.write('data: ' + decodeURIComponent(request.url.slice(1)) + '\\n\\n');
          response.end(String(open.size));
        }
      }).listen(${port}, '127.0.0.1');\n`,
    );
    // A child in the same process group, as opencode's own launcher starts one.
    await type('opencode', `"${process.execPath}" "${server}"`);
    const send = (event: object) =>
      waitUntil(
        () =>
          fetch(`http://127.0.0.1:${port}/${encodeURIComponent(JSON.stringify(event))}`)
            .then((response) => response.text())
            .then((text) => text !== '0')
            .catch(() => false),
        'somebody to listen',
      );
    const status = (type: string) => ({ type: 'session.status', properties: { sessionID: 'a', status: { type } } });
    await send(status('busy'));
    await says('opencode', 'event-stream', 'busy');
    await send({ type: 'permission.asked', properties: { id: 'p1', permission: 'bash', patterns: ['rm x'] } });
    expect(await says('opencode', 'event-stream', 'approval')).to.equal('bash rm x');
    await send({ type: 'permission.replied', properties: { requestID: 'p1' } });
    await says('opencode', 'event-stream', 'busy');
    await send(status('idle'));
    await says('opencode', 'event-stream', 'idle');
  });

  it('names the conversation that goes on after the end of the server', async () => {
    agentFile('claude');
    const client = workplace.attach(['new-session', '-s', 'claude', 'bin/claude']);
    await client.shows('claude');
    await type('claude', hook('SessionStart', { source: 'startup', session_id: '0195-abc' }));
    await says('claude', 'hook', 'idle');
    await client.shows('code 0');
    const database = () =>
      ['qmux.db', 'qmux.db-wal'].map((name) => path.join(workplace.state, 'qmux', name)).filter(existsSync);
    await waitUntil(() => database().some((file) => readFileSync(file).includes('"id":"0195-abc"')), 'it to be kept');
    process.kill(await workplace.serverPid(), 'SIGKILL');
    await waitUntil(async () => (await workplace.run(['list-sessions'])).code !== 0, 'the server to be gone');
    const again = workplace.attach([], { columns: 200 });
    await again.shows('Enter starts bin/claude --resume 0195-abc again in ~');
  });
});

describe('install-hooks', () => {
  let workplace: Workplace;

  beforeEach(async () => {
    workplace = new Workplace();
    await workplace.ask('new-session', '-d', 'exec cat');
  });

  afterEach(() => workplace.dispose());

  const settings = '{\n  "model": "opus",\n  "permissions": {\n    "allow": []\n  }\n}\n';

  it('shows the change, makes it when it is told to, once, and takes it out again', async () => {
    const file = workplace.write('dotfiles/settings.json', settings);
    chmodSync(file, 0o600);
    mkdirSync(path.join(workplace.home, '.claude'));
    symlinkSync(file, path.join(workplace.home, '.claude', 'settings.json'));
    const asked = await workplace.run(['install-hooks', 'claude']);
    expect(asked.code).to.equal(1);
    expect(asked.stdout).to.match(/^\+ .*report-status --hook PermissionRequest/m);
    expect(asked.stderr).to.contain('nothing was changed: say -y');
    expect(await workplace.ask('install-hooks', '--print', 'claude')).to.contain('+++ b/');
    expect(readFileSync(file, 'utf8')).to.equal(settings);
    expect(await workplace.ask('install-hooks', '-y', 'claude')).to.match(/written; as it was: .*\.before-qmux/);
    const changed = JSON.parse(readFileSync(file, 'utf8')) as { hooks: Record<string, unknown>; model: string };
    expect(changed.model).to.equal('opus');
    expect(changed.hooks).to.have.property('Stop');
    expect(lstatSync(file).mode & 0o777).to.equal(0o600);
    const backup = `${file}.before-qmux`;
    expect(readFileSync(backup, 'utf8')).to.equal(settings);
    expect(lstatSync(backup).mode & 0o777).to.equal(0o600);
    expect(lstatSync(path.join(workplace.home, '.claude', 'settings.json')).isSymbolicLink()).to.equal(true);
    expect(await workplace.ask('install-hooks', '-y', 'claude')).to.contain('has the hooks of qmux already');
    expect(await workplace.ask('install-hooks', '-y', '--undo', 'claude')).to.contain('the hooks of qmux are gone');
    expect(readFileSync(file, 'utf8')).to.equal(settings);
  });

  it('asks in a client and on a terminal', async () => {
    const client = workplace.attach(['install-hooks', 'gemini']);
    await client.shows(/Change .*settings\.json\? \(y\/n\)/);
    client.type('n\r');
    await client.shows('nothing was changed');
    const second = workplace.attach(['install-hooks', 'gemini']);
    await second.shows(/\(y\/n\)/);
    second.type('y\r');
    await second.shows('settings.json: written');
    expect(readFileSync(path.join(workplace.home, '.gemini/settings.json'), 'utf8')).to.contain('--hook AfterAgent');
    const third = workplace.attach(['attach-session']);
    await third.shows('cat');
    third.type('\x02:install-hooks cursor\r');
    await third.shows(/\+\+\+ .*hooks\.json/);
    // A key that comes sooner than anybody can read answers nothing.
    await waitUntil(() => {
      third.type('y');
      return existsSync(path.join(workplace.home, '.cursor/hooks.json'));
    }, 'the file');
  });

  it('leaves alone what it does not understand, and says what it knows', async () => {
    workplace.write('.claude/settings.json', '{ // mine\n}');
    const broken = await workplace.run(['install-hooks', '-y', 'claude']);
    expect(broken.code).to.equal(1);
    expect(broken.stderr).to.match(/settings\.json is left as it is: it is not plain JSON/);
    expect(readFileSync(path.join(workplace.home, '.claude/settings.json'), 'utf8')).to.equal('{ // mine\n}');
    expect((await workplace.run(['install-hooks', '-y', 'clade'])).stderr).to.contain('the nearest is claude');
    expect((await workplace.run(['install-hooks', '-y', 'aider'])).stderr).to.contain('no hooks are known for aider');
    mkdirSync(path.join(workplace.home, '.cursor/hooks.json'), { recursive: true });
    expect((await workplace.run(['install-hooks', '-y', 'cursor'])).stderr).to.contain('nothing was changed');
  });
});

describe('new-agent', () => {
  let workplace: Workplace;

  beforeEach(() => {
    workplace = new Workplace();
  });

  afterEach(() => workplace.dispose());

  it('lists the agents that are here, and starts the one that is chosen', async () => {
    for (const name of ['claude', 'crush']) chmodSync(workplace.write(`bin/${name}`, SHELL_AGENT), 0o755);
    const environment = { PATH: `${path.join(workplace.home, 'bin')}:/usr/bin:/bin` };
    const inside = { environment: { ...workplace.environment, ...environment } };
    const client = workplace.attach(['new-session', '-s', 'first', 'exec cat'], inside);
    await client.shows('first');
    expect(await workplace.ask('new-agent')).to.match(/^claude: Claude Code\ncrush: Crush$/m);
    client.type('\x02\x1bc');
    await client.shows(/Claude Code \(claude\)[\s\S]*Crush \(crush\)/);
    client.type('j\r');
    await waitUntil(async () => (await workplace.ask('list-sessions')).includes('crush'), 'the session');
    await workplace.ask('new-agent', '-d', '-s', 'mine', 'claude');
    expect(await workplace.ask('list-sessions', '-F', '#{session_name}')).to.contain('mine');
    expect((await workplace.run(['new-agent', 'codex'])).stderr).to.contain('codex is not on the PATH');
  });
});

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = net.createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

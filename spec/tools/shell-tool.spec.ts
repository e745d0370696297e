import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import type { ToolPlace, ToolResult } from '../../lib/tools/tool.ts';
import { isAlive } from '../support/processes.ts';
import { prepare, refusal, runTool, toolPlace } from '../support/tool-place.ts';
import { usedMemory } from '../support/used-memory.ts';
import { waitUntil } from '../support/wait.ts';

const shell = async (command: string, place: ToolPlace = toolPlace(), more = {}): Promise<ToolResult> =>
  await runTool('shell', { command, ...more }, place);

/** The numbers that a command wrote to `pids`, one a line. */
const pidsOf = (place: ToolPlace): readonly number[] => {
  const file = path.join(place.workingDirectory, 'pids');
  return existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean).map(Number) : [];
};

/** Children of every sort: in the group, in a group, session and family of their own, deaf to SIGTERM, stopped. */
const FAMILY = [
  'sleep 300 & echo $! >> pids',
  'setsid sleep 301 & echo $! >> pids',
  '(setsid sh -c \'echo $$ >> pids; trap "" TERM HUP; while :; do sleep 302; done\' &)',
  'sh -c \'echo $$ >> pids; trap "" TERM HUP INT; while :; do sleep 303; done\' &',
  "sh -c 'echo $$ >> pids; kill -STOP $$' &",
  'echo $$ >> pids; trap "" TERM; while :; do sleep 304; done',
].join('\n');
const FAMILY_SIZE = 6;

describe('shell', () => {
  it('gives output and exit code', async () => {
    const { ok, text } = await shell('echo out; echo err >&2');
    expect(ok).to.equal(true);
    expect(text).to.match(/^out\nerr\n\[exit code 0, \d+\.\d s\]$/);
  });

  it('says how a command failed', async () => {
    const failed = await shell('exit 3');
    expect([failed.ok, failed.text]).to.satisfy(
      ([ok, text]: [boolean, string]) => !ok && /^\[no output\]\n\[exit code 3, /.test(text),
    );
    expect((await shell('kill -KILL $$')).text).to.match(/\[ended by SIGKILL after /);
    expect((await shell('no-such-program-x')).text).to.match(/not found\n\[exit code 127, /);
  });

  it('runs in the working directory, or in another one', async () => {
    const place = toolPlace();
    mkdirSync(path.join(place.workingDirectory, 'sub'));
    expect((await shell('pwd', place)).text).to.contain(`${place.workingDirectory}\n`);
    expect((await shell('pwd', place, { directory: 'sub' })).text).to.contain(`${place.workingDirectory}/sub\n`);
    expect(await refusal(shell('pwd', place, { directory: 'none' }))).to.contain('no such directory');
  });

  it('has a terminal for its output, nothing to read, no pager, and no keys of endpoints', async () => {
    const place = toolPlace();
    const environment = {
      ...place.environment,
      OPENAI_API_KEY: 'sk-1',
      WORK_LLM_APIKEY: 'sk-2',
      BASH_ENV: '/x',
      QMUX: '/run/s,1,2',
      QMUX_SESSION: '2',
      MINE: 'kept',
    };
    const { text } = await shell(
      '[ -t 1 ] && echo terminal; [ -t 0 ] || echo no-input; cat; echo "$TERM $PAGER $GIT_PAGER $MINE"; env | grep -c -e sk- -e BASH_ENV -e QMUX= -e QMUX_SESSION',
      { ...place, environment },
    );
    expect(text).to.match(/^terminal\nno-input\ndumb cat cat kept\n0\n/);
  });

  it('gives the end of file to what reads the terminal itself', async () => {
    const { text } = await shell('if read -r line </dev/tty; then echo "got $line"; else echo ended; fi');
    expect(text).to.match(/^ended\n\[exit code 0/);
  });

  it('gives plain text: no escapes, of a progress bar the last state', async () => {
    const { text } = await shell("printf '\\033[31mred\\033[0m\\n10%%\\r100%%\\n\\033]0;title\\007ok\\n'");
    expect(text).to.match(/^red\n100%\nok\n\[exit/);
  });

  it('streams its output', async () => {
    const place = toolPlace();
    const call = await prepare(
      'shell',
      { command: 'echo one; while ! [ -e go ]; do sleep 0.02; done; printf two' },
      place,
    );
    let output = '';
    const running = call.run({
      signal: new AbortController().signal,
      onOutput: (text) => {
        output += text;
      },
    });
    await waitUntil(() => output === 'one\n', 'the first line');
    await shell('touch go', place);
    await running;
    expect(output).to.equal('one\ntwo');
  });

  it('keeps head and tail of 100 MB, in bounded memory, and hands on little', async () => {
    const call = await prepare(
      'shell',
      { command: 'echo first; yes 0123456789012345678901234567890 | head -c 100000000; echo; echo last' },
      toolPlace(),
    );
    const before = usedMemory();
    let streamed = 0;
    const { ok, text } = await call.run({
      signal: new AbortController().signal,
      onOutput: (part) => {
        streamed += part.length;
      },
    });
    expect(usedMemory() - before).to.be.below(8_000_000);
    expect(ok).to.equal(true);
    expect(text)
      .to.match(/^first\n0123/)
      .and.match(/\[… 3,12\d,\d\d\d lines, 9\d,\d+,\d+ characters left out …\]/);
    expect(text).to.match(/\nlast\n\[exit code 0, /);
    expect(text.length).to.be.below(70_000);
    expect(streamed).to.be.below(20_000_000);
  });

  it('ends at its time limit, with all its children', async () => {
    const place = { ...toolPlace(), commandTimeout: 600 };
    const { ok, text } = await shell(FAMILY, place);
    expect([ok, text]).to.deep.equal([
      false,
      '[no output]\n[ended after its time limit of 0.6 s, with all it had started]',
    ]);
    const pids = pidsOf(place);
    expect(pids).to.have.length(FAMILY_SIZE);
    expect(pids.filter(isAlive)).to.deep.equal([]);
  });

  it('takes a time limit of its own', async () => {
    const { text } = await shell('echo before; sleep 300', toolPlace(), { timeout: 1 });
    expect(text).to.match(/^before\n\[ended after its time limit of 1 s/);
  });

  it('ends within a second when it is cancelled, and all its children soon after', async () => {
    const place = toolPlace();
    const call = await prepare('shell', { command: FAMILY }, place);
    const cancel = new AbortController();
    const running = call.run({ signal: cancel.signal, onOutput: () => {} });
    await waitUntil(() => pidsOf(place).length === FAMILY_SIZE, 'all children');
    const begun = performance.now();
    cancel.abort();
    const { ok, text } = await running;
    expect(performance.now() - begun).to.be.below(1500);
    expect([ok, /\[cancelled after \d+\.\d s\]$/.test(text)]).to.deep.equal([false, true]);
    await waitUntil(() => !pidsOf(place).some(isAlive), 'the end of all children');
  });

  it('does not begin once it is cancelled', async () => {
    const place = toolPlace();
    const call = await prepare('shell', { command: 'touch begun' }, place);
    expect(await refusal(call.run({ signal: AbortSignal.abort(), onOutput: () => {} }))).to.contain('cancelled before');
    expect(existsSync(path.join(place.workingDirectory, 'begun'))).to.equal(false);
  });

  it('does not wait for children in the background that keep the terminal open', async () => {
    const place = toolPlace();
    const begun = performance.now();
    const { ok, text } = await shell("(trap '' HUP; exec sleep 20) & echo $! > pids; echo done", place);
    expect([ok, text.split('\n')[0]]).to.deep.equal([true, 'done']);
    expect(performance.now() - begun).to.be.below(5000);
    for (const pid of pidsOf(place)) if (isAlive(pid)) process.kill(pid, 'SIGKILL');
  });

  it('runs many at once, each with its own output', async () => {
    const results = await Promise.all(Array.from({ length: 20 }, (_, index) => shell(`echo mark ${index}`)));
    expect(results.map(({ text }) => text.split('\n')[0])).to.deep.equal(
      Array.from({ length: 20 }, (_, index) => `mark ${index}`),
    );
  });

  it('may be changed before it is allowed, and is then judged as changed', async () => {
    const place = toolPlace();
    const call = await prepare('shell', { command: 'rm a' }, place);
    expect(call.editable).to.equal('rm a');
    const changed = await call.edited('cat /etc/hostname');
    expect([changed.title, changed.access.command]).to.deep.equal(['cat /etc/hostname', 'cat /etc/hostname']);
    expect(changed.access.paths).to.deep.include({ path: '/etc/hostname', write: false });
    expect(await refusal(call.edited('  '))).to.contain('empty');
  });

  it('has one line as title', async () => {
    const title = async (command: string, more = {}) =>
      (await prepare('shell', { command, ...more }, toolPlace())).title;
    expect(await title('ls -l')).to.equal('ls -l');
    expect(await title('ls\nrm x')).to.equal('ls…');
    expect(await title('x'.repeat(5000))).to.have.length(201);
    expect(await title('ls', { directory: '/' })).to.equal('ls (in /)');
  });

  it('refuses what is no command', async () => {
    for (const [command, why] of [
      ['', 'is empty'],
      ['a\0b', 'NUL'],
      ['x'.repeat(100_000), 'too long'],
    ] as const)
      expect(await refusal(prepare('shell', { command }, toolPlace()))).to.contain(why);
  });
});

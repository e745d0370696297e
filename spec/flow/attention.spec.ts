import { readFileSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import type { TerminalClient } from '../support/terminal-client.ts';
import { waitUntil } from '../support/wait.ts';
import { QMUX, Workplace } from '../support/workplace.ts';

const FAKE = path.resolve(import.meta.dirname, '../support/fake-agent.js');
/** What status a state of the agent is to have, and within how many milliseconds; what stopped often goes on (1.5 s). */
const WANTED: Readonly<Record<string, { readonly status: string; readonly within: number }>> = {
  idle: { status: 'waiting-for-input', within: 1000 + 1500 },
  busy: { status: 'processing', within: 1000 },
  asked: { status: 'waiting-for-input', within: 1000 },
  gone: { status: 'completed', within: 1000 },
};

interface StatusEvent {
  readonly type: string;
  readonly time: number;
  readonly status: string;
  readonly reason: string | null;
}

describe('an agent in a session', () => {
  let place: Workplace;
  let log: string;

  beforeEach(async () => {
    place = new Workplace();
    const claude = path.join(place.home, 'claude');
    symlinkSync(FAKE, claude);
    log = path.join(place.home, 'agent.log');
    await place.ask('new-session', '-d', '-s', 'other', '-x', '80', '-y', '24', '/bin/sh');
    await place.ask('new-session', '-d', '-s', 'agent', '-e', `FAKE_LOG=${log}`, process.execPath, claude);
    await is('waiting');
  });

  afterEach(() => place.dispose());

  const is = (status: string, session = 'agent') =>
    place.ask('wait', '--status', status, '--timeout', '15', '-t', session);

  /** Sends a prompt, and waits until the agent works on it. */
  async function send(text: string): Promise<void> {
    await place.ask('send', '-t', 'agent', text);
    await is('processing');
  }

  /** What the agent's own log says, with times. */
  const states = () =>
    readFileSync(log, 'utf8')
      .trim()
      .split('\n')
      .map((line) => ({ time: Number(line.split(' ')[0]), state: line.split(' ')[1] ?? '' }));

  /** Says yes to the question on the page, and waits for the end of the turn. */
  async function answers(client: TerminalClient): Promise<void> {
    const asked = states().length;
    // A page takes no key that was typed before it could be read.
    await waitUntil(() => {
      client.type('y');
      return states().length > asked;
    }, 'the agent to be answered');
    await is('turn-ended');
  }

  async function questionId(): Promise<string> {
    const { code, stdout, stderr } = await place.run(['approve', '-t', 'agent']);
    expect(code).to.equal(1);
    expect(stdout).to.contain('rm -rf build').and.contain('Do you want to proceed?');
    return /--question ([0-9a-f]+)/.exec(stderr)?.[1] ?? '';
  }

  it('is seen to rest, work, ask, be answered, be stopped, finish and leave, each within a second and without a flicker', async () => {
    const followed = place.run(['events', '--json', '--since', '0', '-t', 'agent']);
    await send('ask me');
    await is('turn-ended');
    await send('ask');
    await is('approval');
    expect(await place.ask('explain', '-t', 'agent')).to.contain('approval, because of screen "permission dialog"');
    await place.ask('approve', '-t', 'agent', '--question', await questionId());
    await is('processing');
    await is('turn-ended');
    await send('work');
    await place.ask('send-keys', '-t', 'agent', 'Escape');
    await is('turn-ended');
    await send('quote');
    await is('turn-ended');
    await place.ask('send', '-t', 'agent', 'quit');
    const { stdout } = await followed;
    const events = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as StatusEvent)
      .filter(({ type }) => type === 'status');
    expect(events.map(({ status, reason }) => reason ?? status)).to.deep.equal([
      'waiting-for-input',
      'processing',
      'turn-ended',
      'processing',
      'approval',
      'processing',
      'turn-ended',
      'processing',
      'turn-ended',
      'processing',
      'turn-ended',
      'completed',
    ]);
    for (const [index, { time, state }] of states().entries()) {
      const wanted = WANTED[state];
      const event = events[index];
      expect(event?.status, `${index}: ${state}`).to.equal(wanted?.status);
      expect((event?.time ?? 0) - time, `${index}: ${state}`).to.be.within(-1, wanted?.within ?? 0);
    }
    const times = events.slice(0, -1).map(({ time }) => time);
    for (const [index, time] of times.slice(1).entries()) expect(time - (times[index] ?? 0)).to.be.at.least(290);
  }).timeout(60_000);

  it('is answered from the screen that shows its question, and nowhere else', async () => {
    const client = place.attach(['attach', '-t', 'other']);
    await client.shows('other');
    await send('ask');
    await is('approval');
    expect((await place.run(['approve', '-t', 'agent', '--question', 'feedbeef0000'])).code).to.equal(1);
    client.type('\x02y');
    await client.shows('Do you want to proceed?');
    await answers(client);
    expect(states().at(-2)?.state).to.equal('busy');
    expect((await place.run(['approve', '-t', 'agent', '--question', 'x'])).stderr).to.contain('shows no question');
  }).timeout(60_000);

  it('is shown again what it asks when that stands otherwise by the time of the answer', async () => {
    const client = place.attach(['attach', '-t', 'other'], { columns: 100, rows: 30 });
    await client.shows('other');
    await send('ask');
    await is('approval');
    client.type('\x02y');
    await client.shows('Do you want to proceed?');
    client.resize(60, 20);
    await waitUntil(
      async () => (await place.ask('display-message', '-p', '-t', 'agent', '#{pane_width}')) === '60',
      'the agent to have the other size',
    );
    await answers(client);
  }).timeout(60_000);

  it('is answered also while another one asks longer what nobody can answer for it', async () => {
    await place.ask('report-status', '-t', 'other', 'waiting', '--reason', 'approval');
    await is('approval', 'other');
    await place.ask('new-session', '-d', '-s', 'third', 'cat');
    const client = place.attach(['attach', '-t', 'third']);
    await client.shows('third');
    client.type('\x02y');
    await client.shows('other shows no question that its rules know');
    await send('ask');
    await is('approval');
    client.type('\x02y');
    await client.shows('Do you want to proceed?');
  }).timeout(60_000);

  it('is shown at the end of what it asks where there is little room', async () => {
    const client = place.attach(['attach', '-t', 'other'], { columns: 40, rows: 10 });
    await client.shows('other');
    await send('ask');
    await is('approval');
    client.type('\x02y');
    const screen = await client.shows('Do you want to proceed?');
    expect(screen).to.contain('rm -rf build').and.contain('1. Yes');
  }).timeout(60_000);

  it('is refused with a reason, which it is told', async () => {
    await send('ask');
    await is('approval');
    await place.ask('deny', '-t', 'agent', '--question', await questionId(), 'not', 'that', 'folder');
    await waitUntil(
      async () => (await place.ask('capture-pane', '-p', '-t', 'agent')).includes('> not that folder'),
      'the reason to come',
    );
    expect(await place.ask('capture-pane', '-p', '-t', 'agent')).to.contain('Interrupted by user');
  }).timeout(60_000);

  it('is asked by a script, which gets what it said', async () => {
    expect(await place.ask('ask', '-t', 'agent', '--timeout', '20', 'hello there')).to.equal('● Done.');
    const both = place.run(['ask', '-t', 'agent', 'one']);
    await is('processing');
    expect(await place.ask('ask', '-t', 'agent', 'two')).to.equal('● Done.');
    expect(await both).to.deep.include({ code: 0, stdout: '● Done.\n' });
    const late = await place.run(['ask', '-t', 'agent', '--timeout', '0.7', 'three']);
    expect([late.code, late.stderr]).to.deep.equal([1, 'agent works still after 0.7 seconds\n']);
  }).timeout(60_000);

  it('is asked nothing while it asks itself, and says so when it comes to that', async () => {
    const asked = await place.run(['ask', '-t', 'agent', 'ask']);
    expect(asked.code).to.equal(1);
    expect(asked.stdout).to.contain('Do you want to proceed?').and.contain('rm -rf build');
    expect(asked.stderr).to.contain('agent asks for an approval');
    const before = states().length;
    expect((await place.run(['ask', '-t', 'agent', 'y'])).stderr).to.contain('agent asks for an approval');
    expect(states()).to.have.length(before);
    await place.ask('send-keys', '-t', 'agent', 'Escape');
    await is('turn-ended');
    const gone = await place.run(['ask', '-t', 'agent', 'quit']);
    expect([gone.code, gone.stderr]).to.deep.equal([1, 'agent has ended\n']);
    expect(await place.ask('ask', '-t', 'other', 'echo $((6 * 7))')).to.match(/^42/m);
  }).timeout(60_000);

  it('cannot be spoken for, nor answered, by what runs in another session', async () => {
    await send('ask');
    await is('approval');
    const id = await questionId();
    const qmux = `env -u QMUX -u QMUX_SESSION ${process.execPath} ${QMUX} -S ${place.socketPath}`;
    const tries = [
      `QMUX=; ${qmux} report-status -t agent idle`,
      `${qmux} approve -t agent --question ${id}`,
      `${process.execPath} ${QMUX} -S ${place.socketPath} report-status -t agent idle`,
    ];
    for (const [index, line] of tries.entries()) {
      await place.ask('send', '-t', 'other', `${line} 2>&1 | tr -d '\\n'; echo " end-${index}"`);
      await waitUntil(
        async () => (await place.ask('capture-pane', '-pJ', '-t', 'other')).includes(` end-${index}\n`),
        `try ${index} to end`,
      );
    }
    const screen = await place.ask('capture-pane', '-pJ', '-S', '-', '-t', 'other');
    expect(screen.match(/this runs in the session other/g)).to.have.length(3);
    await is('approval');
  }).timeout(60_000);

  it('tells its own status, from within its session alone', async () => {
    await place.ask('send', '-t', 'other', `${process.execPath} ${QMUX} -S ${place.socketPath} report-status waiting`);
    await is('question', 'other');
    expect(JSON.parse(await place.ask('explain', '--json', '-t', 'other'))).to.deep.include({ shown: 'question' });
    await place.ask('report-status', '-t', 'other', 'none');
    await waitUntil(
      async () => (await place.ask('display-message', '-p', '-t', 'other', '#{session_waiting_reason}')) === '',
      'the report to be taken back',
    );
  }).timeout(60_000);

  it('is known by other rules from the moment they are written', async () => {
    place.write(
      '.config/qmux/agents/claude.toml',
      'version = "mine"\nnonsense = 1\n[[screens]]\nname = "all"\nhas = ["?"]\nclaim = "question"\n',
    );
    await is('question');
    expect(await place.ask('explain', '-t', 'agent'))
      .to.contain('version mine')
      .and.contain('screen "all"');
    expect(await place.ask('show-messages')).to.match(/agents\/claude\.toml:2: nonsense is not known here/);
  }).timeout(60_000);
});

describe('texts for sessions', () => {
  let place: Workplace;

  beforeEach(async () => {
    place = new Workplace();
    for (const name of ['one', 'two', 'three']) await place.ask('new-session', '-d', '-s', name, 'cat');
  });

  afterEach(() => place.dispose());

  const screen = (session: string) => place.ask('capture-pane', '-p', '-t', session);

  it('arrive with their Enter, each as one, whoever else sends', async () => {
    const texts = Array.from({ length: 5 }, (_, index) => `text number ${index}`);
    await Promise.all(texts.map((text) => place.ask('send', '-t', 'one', text)));
    await waitUntil(async () => (await screen('one')).split('\n').length >= 10, 'all texts');
    const lines = (await screen('one')).split('\n').filter((line) => line !== '');
    expect(lines.toSorted()).to.deep.equal(texts.flatMap((text) => [text, text]).toSorted());
  });

  it('are keys where they are spelt as keys', async () => {
    await place.ask('send', '-t', 'one', 'look up the end', 'Enter');
    await waitUntil(async () => (await screen('one')).startsWith('look up the end\nlook up the end'), 'the echo');
    await place.ask('send', '-t', 'one', 'C-d');
    await place.ask('wait', '-t', 'one', '--status', 'completed', '--timeout', '10').catch(() => undefined);
    await waitUntil(async () => !(await place.ask('ls')).includes('one:'), 'cat to end');
  });

  it('go to several sessions only after they were shown', async () => {
    const first = await place.run(['broadcast', '-t', 'one', '-t', 'two', 'hello']);
    expect(first.code).to.equal(1);
    expect(first.stdout).to.match(/^one \(program, .*\)\ntwo \(program, .*\)\n$/);
    expect((await screen('one')).trim()).to.equal('');
    expect(await place.ask('broadcast', '-y', '-f', '#{m:t*,#{session_name}}', 'hello')).to.equal('sent to two, three');
    await waitUntil(async () => (await screen('three')).startsWith('hello\nhello'), 'the text');
    expect((await screen('one')).trim()).to.equal('');
    const client = place.attach(['attach', '-t', 'one']);
    await client.shows('one');
    client.type('\x02:broadcast -t two -t three again\r');
    await client.shows('send it to two, three? (y/n)');
    client.type('y');
    await waitUntil(async () => (await screen('two')).includes('again\nagain'), 'the text');
  });

  it('are waited for, for a time', async () => {
    expect((await place.run(['wait', '-t', 'one', '--status', 'paused', '--timeout', '0.2'])).stderr).to.match(
      /^one is \S+ still after 0\.2 seconds\n$/,
    );
    expect((await place.run(['wait', '-t', 'one', '--status', 'asleep'])).stderr).to.match(
      /^no status asleep; there are/,
    );
    expect((await place.run(['wait'])).stderr).to.match(/^say what to wait for/);
    const end = (session: string, status: string) =>
      place.run(['send', '-t', session, 'C-d', ';', 'wait', '-t', session, '--status', status]);
    expect(await end('two', 'completed')).to.include({ code: 0, stderr: '' });
    expect((await end('three', 'question')).stderr).to.equal('three has ended; it is not question\n');
  });
});

import { type ChildProcess, spawn } from 'node:child_process';
import { expect } from 'chai';
import { ModelWorkplace } from '../support/model-workplace.ts';
import { waitUntil } from '../support/wait.ts';
import { QMUX, Workplace } from '../support/workplace.ts';

type Told = Readonly<Record<string, unknown>>;

/** A process that follows events; its lines as they come. */
function follow(workplace: Workplace, ...args: readonly string[]) {
  const child = spawn(process.execPath, [QMUX, '-S', workplace.socketPath, 'events', '--json', ...args], {
    cwd: workplace.home,
    env: workplace.environment,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (piece: string) => {
    text += piece;
  });
  const events = (): readonly Told[] =>
    text
      .slice(0, text.lastIndexOf('\n') + 1)
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Told);
  const has = (wanted: Told): boolean =>
    events().some((event) => Object.entries(wanted).every(([name, value]) => event[name] === value));
  const tells = (wanted: Told) => waitUntil(() => has(wanted), JSON.stringify(wanted));
  return { child, events, tells };
}

const ended = (child: ChildProcess): Promise<number | null> =>
  new Promise((resolve) => child.once('close', (code) => resolve(code)));

describe('events', () => {
  let workplace: Workplace;
  let followers: ChildProcess[];

  beforeEach(() => {
    workplace = new Workplace();
    followers = [];
  });
  afterEach(async () => {
    for (const child of followers) child.kill('SIGKILL');
    await workplace.dispose();
  });

  const following = (...args: readonly string[]) => {
    const follower = follow(workplace, ...args);
    followers.push(follower.child);
    return follower;
  };

  it('tell a script all that happens to sessions, as it happens', async () => {
    await workplace.ask('new-session', '-d', '-s', 'main', 'exec sleep 100');
    const { child, events, tells } = following('--since', '0');
    await tells({ type: 'created', session: 'main', kind: 'program' });
    await workplace.ask('new-session', '-d', '-s', 'noisy', 'read x; printf "\\033]2;a title\\007\\007"; exit 3');
    await tells({ type: 'created', session: 'noisy' });
    await workplace.ask('rename-session', '-t', 'noisy', 'loud');
    await tells({ type: 'renamed', session: 'loud', previous: 'noisy' });
    await workplace.ask('send-keys', '-t', 'loud', 'Enter');
    await tells({ type: 'title', session: 'loud', title: 'a title' });
    await tells({ type: 'bell', session: 'loud' });
    await tells({ type: 'status', session: 'loud', reason: 'bell', seen: false });
    await tells({ type: 'status', session: 'loud', status: 'completed', reason: null });
    await tells({ type: 'exited', session: 'loud', exitCode: 3, signal: null });
    await workplace.ask('kill-session', '-t', 'loud');
    await tells({ type: 'closed', session: 'loud' });
    const numbers = events().map(({ seq }) => seq);
    expect(numbers).to.deep.equal(numbers.map((_, index) => index + 1));
    child.kill('SIGINT');
    await ended(child);
    expect(await workplace.ask('events', '-p', '-t', 'main')).to.match(/^\d\d:\d\d:\d\d {2}main +created/);
  });

  it('end with the session that is followed, and with the server', async () => {
    await workplace.ask('new-session', '-d', '-s', 'main', 'exec sleep 100');
    await workplace.ask('new-session', '-d', '-s', 'short', 'read x');
    const one = following('-t', 'short', '--since', '0');
    const all = following('--since', '0');
    await all.tells({ type: 'created', session: 'short' });
    const over = ended(one.child);
    await workplace.ask('send-keys', '-t', 'short', 'Enter');
    expect(await over).to.equal(0);
    expect(one.events().at(-1)).to.include({ type: 'closed' });
    const last = ended(all.child);
    await workplace.ask('kill-server');
    expect(await last).to.equal(0);
  });

  it('hold up nobody when their reader stands still', async () => {
    await workplace.ask('new-session', '-d', '-s', 'main', 'exec sleep 100');
    const slow = following('--since', '0');
    await slow.tells({ type: 'created', session: 'main' });
    slow.child.kill('SIGSTOP');
    for (let times = 0; times < 20; times += 1) {
      const renames = Array.from({ length: 100 }, (_, turn) => `rename-session -t $0 main-${turn % 2}`);
      await workplace.ask(...renames.join(' ; ').split(' '));
    }
    expect(await workplace.ask('display-message', '-p', 'alive')).to.equal('alive');
    slow.child.kill('SIGCONT');
    await workplace.ask('new-session', '-d', '-s', 'last', 'exec sleep 100');
    await slow.tells({ type: 'created', session: 'last' });
  });
});

describe('what waits for a person', () => {
  let place: ModelWorkplace;
  beforeEach(async () => {
    place = await ModelWorkplace.open();
  });
  afterEach(() => place.dispose());

  it('is flagged until it is answered, though it was looked at; on the screen it is not', async () => {
    const { workplace } = place;
    const client = await place.chat();
    await workplace.ask('new-session', '-d', '--chat', '-s', 'asks');
    place.calls({ name: 'shell', arguments: { command: 'echo done-it' } });
    await workplace.ask('send-keys', '-t', 'asks', 'go', 'Enter');
    await client.shows(/asks!/);
    await client.shows('1 waiting');
    const count = () => workplace.ask('display-message', '-p', '#{waiting_count}');
    client.type('\x02a');
    await client.shows(/asks\*/);
    await client.shows((screen) => !screen.includes('waiting  '));
    expect(await count()).to.equal('0');
    expect(await workplace.ask('sessions', '--waiting')).to.match(
      /^Waiting Sessions:\n\* asks +\[ACTIVE\] +approval, /,
    );
    client.type('\x02l');
    await client.shows(/main\*[\s\S]*asks-!/);
    expect(await count()).to.equal('1');
    client.type('\x02a');
    await client.shows(/asks\*/);
    await workplace.ask('approve', '-t', 'asks');
    await client.shows('done-it');
    await waitUntil(
      async () => (await workplace.ask('sessions', '--waiting')) === 'No session waits.',
      'nobody to wait',
    );
    client.type('\x02l');
    await client.shows(/main\*[\s\S]*asks-/);
    expect(await count()).to.equal('0');
  });

  it('is a failed turn until it was seen, and the way to it stands in the events', async () => {
    const { workplace } = place;
    const client = await place.chat();
    await workplace.ask('new-session', '-d', '--chat', '-s', 'fails');
    place.server.fail({ status: 401, message: 'bad key' });
    await workplace.ask('send-keys', '-t', 'fails', 'go', 'Enter');
    await client.shows(/fails!✕/);
    const told = (await workplace.ask('events', '-p', '--json', '-t', 'fails'))
      .split('\n')
      .map((line) => JSON.parse(line) as Told);
    expect(told.flatMap(({ connection }) => connection ?? [])).to.deep.equal(['connecting', 'error']);
    expect(told.find(({ reason }) => reason === 'turn-failed')).to.include({ seen: false });
    client.type('\x02a');
    await client.shows(/fails\*/);
    client.type('\x02l');
    await client.shows(/main\*[\s\S]*fails-✕/);
    expect(await workplace.ask('sessions')).to.match(/fails +\[IDLE\] +turn-failed, /);
  });

  it('is a program that ended while nobody looked', async () => {
    const { workplace } = place;
    const client = await place.chat();
    await workplace.ask('new-session', '-d', '-s', 'broken', 'exit 4');
    await client.shows(/broken!✕/);
    client.type('\x02a');
    await client.shows(/broken\*✕/);
    client.type('\x02l');
    await client.shows(/broken-✕/);
  });
});

describe('a program that is stopped from outside', () => {
  let workplace: Workplace;
  beforeEach(() => {
    workplace = new Workplace();
  });
  afterEach(() => workplace.dispose());

  it('is paused when somebody asks, and goes on', async () => {
    await workplace.ask('new-session', '-d', '-s', 'job', 'exec sleep 100');
    const pid = Number(await workplace.ask('display-message', '-p', '-t', 'job', '#{pane_pid}'));
    const becomes = (line: RegExp) =>
      waitUntil(async () => line.test(await workplace.ask('sessions')), String(line), 10_000);
    await becomes(/job +\[(PROCESSING|IDLE|ACTIVE)\]/);
    process.kill(pid, 'SIGSTOP');
    const status = () => workplace.ask('list-sessions', '-F', '#{session_status}');
    await waitUntil(async () => (await status()) === 'paused', 'the stop');
    process.kill(pid, 'SIGCONT');
    await waitUntil(async () => (await status()) !== 'paused', 'it to go on');
  });
});

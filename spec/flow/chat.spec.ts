import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { FAULTS } from '../support/model-answer.ts';
import type { SeenRequest } from '../support/model-server.ts';
import { ModelWorkplace } from '../support/model-workplace.ts';
import type { TerminalClient } from '../support/terminal-client.ts';
import { waitUntil } from '../support/wait.ts';
import { alive } from '../support/workplace.ts';

/** A promise, and what fulfils it. */
function gate(): { readonly opened: Promise<void>; open: () => void } {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open: () => open() };
}

/** What the model was told of its calls. */
const answers = ({ body }: SeenRequest): readonly string[] =>
  (body.messages ?? []).filter(({ role }) => role === 'tool').map(({ content }) => String(content));

describe('a chat on the screen', () => {
  let place: ModelWorkplace;
  let client: TerminalClient;

  beforeEach(async () => {
    place = await ModelWorkplace.open();
    client = await place.chat();
  });

  afterEach(() => place.dispose());

  /** Waits until letters answer: a question must have been on the screen for 400 ms, so that no key of the draft does. */
  const answerable = async () => {
    await client.shows(/^ {2}y once/m);
    const shown = performance.now();
    await waitUntil(() => performance.now() - shown > 450, 'the question to be read');
  };

  it('shows the reply while it streams', async () => {
    const { opened, open } = gate();
    place.server.reply({ text: ['The first **half**', opened, ' and the second.'] });
    client.type('hello there\r');
    await client.shows(/hello there[\s\S]*The first half/);
    open();
    await client.shows('The first half and the second.');
    const request = await place.server.request();
    expect([request.text, request.body.model]).to.deep.equal(['hello there', 'big']);
  });

  it('shows what a tool is to write, and writes it when y is pressed', async () => {
    const file = path.join(place.workplace.home, 'notes.txt');
    place.calls({ name: 'write', arguments: { path: 'notes.txt', content: 'one line\n' } });
    place.server.reply('It is written.');
    client.type('write it\r');
    await client.shows(/write asks: /);
    await client.shows(/\+ *one line/);
    await answerable();
    expect(existsSync(file)).to.equal(false);
    client.type('y');
    await client.shows('It is written.');
    expect(readFileSync(file, 'utf8')).to.equal('one line\n');
  });

  it('tells the model why a call was refused', async () => {
    place.calls({ name: 'shell', arguments: { command: 'touch refused' } });
    place.server.reply('As you wish.');
    client.type('do it\r');
    await answerable();
    client.type('n');
    await client.shows(/refuse: /);
    client.type('not in this folder\r');
    await client.shows('As you wish.');
    expect(answers(await place.server.request(2)).join()).to.contain('not in this folder');
    expect(existsSync(path.join(place.workplace.home, 'refused'))).to.equal(false);
  });

  it('stops a turn by Escape twice, and keeps what came', async () => {
    place.server.reply({ text: ['Some of the text'], end: 'stall' });
    client.type('tell me\r');
    await client.shows('Some of the text');
    client.type('\x1b');
    await client.shows('Some of the text');
    client.type('\x1b');
    const request = await place.server.request();
    expect(await request.finished).to.equal(false);
    await client.shows((screen) => screen.includes('Some of the text') && !screen.includes('Esc Esc stops'));
    client.type('and now\r');
    await client.shows(/and now[\s\S]*and now/);
  });

  it('steers the turn after its tools, and keeps what is queued for later', async () => {
    const { opened, open } = gate();
    place.server.reply({
      text: ['Looking. ', opened],
      calls: [{ name: 'list', arguments: { path: '.' } }],
    });
    place.server.reply('That was the list.');
    place.server.reply('That was the last.');
    client.type('look\r');
    await client.shows('Looking.');
    client.type('and hurry\r');
    await client.shows('next: and hurry');
    client.type('afterwards this\x1b\r');
    await client.shows('queued: afterwards this');
    open();
    await client.shows('That was the last.');
    const [, second, third] = place.server.requests;
    expect([second?.text, third?.text]).to.deep.equal(['and hurry', 'afterwards this']);
  });

  it('says what failed, and goes on by /retry without the words again', async () => {
    place.server.fail(FAULTS.forbidden);
    place.server.reply('Here I am.');
    client.type('are you there\r');
    await client.shows(/main\*?✕|✕/);
    client.type('/retry\r');
    await client.shows('Here I am.');
    const said = (place.server.requests[1]?.body.messages ?? []).filter(({ role }) => role === 'user');
    expect(said.map(({ content }) => content)).to.deep.equal(['are you there']);
  });

  it('shows model and window of the shown chat in the status line, and of no program', async () => {
    place.server.reply({ text: 'Hello.', usage: { input: 12_000, output: 300 } });
    client.type('hi\r');
    await client.shows(/spec\/big 1\d% 12k/);
    await place.workplace.ask('new-session', '-d', '-s', 'prog', 'exec cat');
    client.type('\x021');
    await client.shows((screen) => /1:prog\*/.test(screen) && !screen.includes('spec/big'));
  });

  it('raises its hand behind another session, and C-b y answers after showing what is asked', async () => {
    await place.workplace.ask('new-session', '-d', '-s', 'prog', 'exec cat');
    place.calls({ name: 'shell', arguments: { command: 'echo ran > made.txt' } });
    place.server.reply('Done.');
    client.type('run it\r\x021');
    await client.shows(/1:prog\*/);
    const screen = await client.shows(/0:main-?!/);
    const row = screen.split('\n').length - 1;
    const column = (screen.split('\n').at(-1) ?? '').indexOf('main');
    const cell = client.terminal.buffer.active.getLine(row)?.getCell(column);
    expect([cell?.getFgColor(), cell?.isBold() !== 0]).to.deep.equal([3, true]);
    client.type('\x02y');
    await client.shows(/main asks: shell[\s\S]*echo ran > made\.txt[\s\S]*It asks because it/);
    const shown = performance.now();
    await waitUntil(() => performance.now() - shown > 350, 'the page to be read');
    client.type('y');
    await waitUntil(() => existsSync(path.join(place.workplace.home, 'made.txt')), 'the file');
    const reason = () => place.workplace.ask('display-message', '-p', '-t', 'main', '#{session_waiting_reason}');
    await waitUntil(async () => (await reason()) === 'turn-ended', 'the end of the turn');
    expect(client.text()).to.contain('1:prog*');
  });

  it('keeps typed keys in order, the newline and what follows it', async () => {
    client.type('one\ntwo\x1b[D\x1b[D\x1b[Dx\r');
    const request = await place.server.request();
    expect(request.text).to.equal('one\nxtwo');
  });

  it('scrolls by the wheel in copy mode and comes back', async () => {
    place.server.reply(Array.from({ length: 60 }, (_, row) => `- row ${row}`).join('\n'));
    client.type('list\r');
    await client.shows('row 59');
    for (let turn = 0; turn < 8; turn++) client.type('\x1b[<64;10;5M');
    await client.shows((screen) => screen.includes('row 10') && !screen.includes('row 59'));
    client.type('q');
    await client.shows('row 59');
  });

  it('lets a read-only client type nothing and answer nothing', async () => {
    const watcher = place.workplace.attach(['-r', 'attach-session', '-t', 'main']);
    await watcher.shows('0:main*');
    watcher.type('words\r');
    watcher.type('\x02:send-keys -X send\r');
    await watcher.shows(/client is read-only/);
    client.type('mine\r');
    await client.shows(/mine[\s\S]*mine/);
    expect(place.server.requests.map(({ text }) => text)).to.deep.equal(['mine']);
  });

  it('writes its draft in an editor', async () => {
    const editor = path.join(place.workplace.home, 'editor.sh');
    writeFileSync(editor, '#!/bin/sh\ncat "$1"; read line; printf "%s and %s" "$(cat "$1")" "$line" > "$1"\n', {
      mode: 0o755,
    });
    await place.workplace.ask('set-environment', '-g', 'VISUAL', editor);
    client.type('begun\x18\x05');
    await client.shows((screen) => screen.includes('begun') && !screen.includes('q> '));
    client.type('ended\r');
    await client.shows('q> begun and ended');
    client.type('\r');
    expect((await place.server.request()).text).to.equal('begun and ended');
  });
});

describe('a new chat beside a program', () => {
  let place: ModelWorkplace;

  beforeEach(async () => {
    place = await ModelWorkplace.open('[sessions]\ndefault_kind = "chat"');
  });

  afterEach(() => place.dispose());

  it('gets what is typed right after its key, also the first one, whose code is still loaded', async () => {
    const client = place.workplace.attach(['new-session', '--program', '-s', 'shell', 'exec cat']);
    await client.shows('0:shell*');
    client.type('\u0002c');
    client.type('first words');
    await client.shows(/\] q> first words/);
    expect((await place.workplace.run(['capture-pane', '-p', '-t', 'shell'])).stdout).to.not.contain('first');
  });
});

describe('slash commands on the screen', () => {
  let place: ModelWorkplace;
  let client: TerminalClient;

  beforeEach(async () => {
    place = await ModelWorkplace.open();
    client = await place.chat();
  });

  afterEach(() => place.dispose());

  it('make, list, switch, rename and close chats, and say what they did in the chat', async () => {
    client.type('/new debug s3\r');
    await client.shows(/1:s3\*/);
    client.type('/sessions\r');
    await client.shows(/Active Sessions:\s+main +\[IDLE\]\s+\* s3 +\[ACTIVE\]/);
    client.type('/rename bucket\r');
    await client.shows(/1:bucket\*/);
    client.type('/s main\r');
    await client.shows(/0:main\*/);
    client.type('/close bucket\r');
    await client.shows('close bucket? (y/n)');
    client.type('y');
    await client.shows((screen) => screen.includes('0:main*') && !screen.includes('1:bucket'));
    expect(place.server.requests).to.deep.equal([]);
  });

  it('name the nearest of an unknown one', async () => {
    client.type('/modle\r');
    await client.shows('unknown command: /modle (the nearest is /model; /help lists them)');
  });

  it('change the model by a list, and by name', async () => {
    client.type('/model\r');
    await client.shows(/spec\/big[\s\S]*spec\/small/);
    client.type('/small\r');
    await client.shows('main uses spec/small from its next turn on');
    client.type('hi\r');
    expect((await place.server.request()).body.model).to.equal('small');
    await client.shows(/hi[\s\S]*hi/);
    client.type('/model big\r');
    await client.shows('main uses spec/big from its next turn on');
  });

  it('trust a tool, show context and usage, hold the chat and let it go on', async () => {
    client.type('/tools\r');
    await client.shows(/shell +asks +Runs[\s\S]*session +asks, except for the list +Looks at/);
    client.type('/tools trust shell\r');
    await client.shows('shell is trusted in main');
    client.type('/context\r');
    await client.shows(/trusted tools +shell/);
    client.type('/usage\r');
    await client.shows(/chat +model +sent/);
    client.type('/pause\r');
    await client.shows('0:main*z');
    client.type('later\r');
    client.type('/resume\r');
    await client.shows(/later[\s\S]*later/);
  });
});

describe('chats from scripts', () => {
  let place: ModelWorkplace;

  beforeEach(async () => {
    place = await ModelWorkplace.open();
  });

  afterEach(() => place.dispose());

  it('answer new --chat -d on standard output, and stay', async () => {
    place.server.reply('The **answer**.');
    expect(await place.workplace.run(['new', '--chat', '-d', '-s', 'one', 'what', 'is it'])).to.deep.equal({
      code: 0,
      stdout: 'The **answer**.\n',
      stderr: '',
    });
    expect((await place.server.request()).text).to.equal('what is it');
    expect(await place.workplace.ask('ls', '-F', '#{session_name} #{session_kind}')).to.equal('one chat');
  });

  it('take further texts by ask, also from standard input, and remember', async () => {
    place.server.reply('Hello Ada.');
    place.server.reply('Ada.');
    await place.workplace.ask('new', '--chat', '-d', '-s', 'one', 'I am Ada');
    const { stdout } = await place.workplace.run(['ask', '-t', 'one', '-'], { stdin: 'who\nam I\n' });
    expect(stdout).to.equal('Ada.\n');
    const { body } = await place.server.request(2);
    expect((body.messages ?? []).map(({ content }) => content).slice(-3)).to.deep.equal([
      'I am Ada',
      'Hello Ada.',
      'who\nam I',
    ]);
  });

  it('say on standard error why there is no reply, and fail', async () => {
    place.server.fail(FAULTS.unauthorized, { times: 2 });
    const first = await place.workplace.run(['new', '--chat', '-d', '-s', 'one', 'hi']);
    expect([first.code, first.stdout]).to.deep.equal([1, '']);
    expect(first.stderr).to.match(/key/i);
    const { code } = await place.workplace.run(['ask', '-t', 'one', 'hi']);
    expect(code).to.equal(1);
    expect((await place.workplace.run(['ask', '-t', 'one'], { stdin: ' \n' })).stderr).to.match(/nothing to ask/);
  });

  it('read standard input below the words before -, and for a new chat as well', async () => {
    const first = await place.workplace.run(['new', '--chat', '-d', '-s', 'one', '-'], { stdin: 'a patch\n' });
    expect([first.code, first.stderr]).to.deep.equal([0, '']);
    const second = await place.workplace.run(['ask', '-t', 'one', 'review', 'this:', '-'], { stdin: 'another\n' });
    expect([second.code, second.stderr]).to.deep.equal([0, '']);
    expect(place.server.requests.map(({ text }) => text)).to.deep.equal(['a patch', 'review this:\n\nanother']);
  });

  it('make no chat for a model that nobody has', async () => {
    const { code, stderr } = await place.workplace.run(['new', '--chat', '-d', '-s', 'one', '--model', 'bog', 'hi']);
    expect([code, stderr]).to.deep.equal([1, 'no provider has a model "bog"; the nearest is big\n']);
    const args = ['new', '--chat', '-d', '-s', 'one', '--model', 'spec/small', 'hi'];
    expect((await place.workplace.run(args)).stdout).to.equal('hi\n');
    expect(place.server.requests.map(({ body }) => body.model)).to.deep.equal(['small']);
  });

  it('hear that their chat was closed meanwhile', async () => {
    await place.workplace.ask('new', '--chat', '-d', '-s', 'one');
    place.server.fail(FAULTS.stall);
    const asked = place.workplace.run(['ask', '-t', 'one', 'hi']);
    await place.server.request();
    await place.workplace.ask('kill-session', '-t', 'one');
    expect(await asked).to.deep.equal({ code: 1, stdout: '', stderr: 'The chat was closed.\n' });
  });

  it('are refused by programs, and programs by what is for chats', async () => {
    await place.workplace.ask('new', '-d', '-s', 'prog', 'exec cat');
    expect((await place.workplace.run(['set-model', '-t', 'prog'])).stderr).to.match(/^prog is a program/);
    await place.workplace.ask('new', '--chat', '-d', '-s', 'one');
    for (const command of [
      ['respawn-window', '-k'],
      ['pipe-pane', 'cat'],
    ])
      expect((await place.workplace.run([command[0] ?? '', '-t', 'one', ...command.slice(1)])).stderr).to.match(
        /^one is a chat; it has no program/,
      );
  });

  it('type by send-keys as a person does', async () => {
    await place.workplace.ask('new', '--chat', '-d', '-s', 'one');
    await place.workplace.ask('send-keys', '-t', 'one', 'two words', 'BSpace', 'Enter');
    expect((await place.server.request()).text).to.equal('two word');
    await waitUntil(
      async () => (await place.workplace.ask('capture-pane', '-p', '-t', 'one')).match(/two word/g)?.length === 2,
      'the reply',
    );
    expect((await place.workplace.run(['send-keys', '-t', 'one', '-X', 'sned'])).stderr).to.match(/nearest is send/);
  });

  it('approve and deny from the command line, and say what', async () => {
    place.calls({ name: 'shell', arguments: { command: 'touch allowed' } });
    place.calls({ name: 'shell', arguments: { command: 'touch denied' } });
    place.server.reply('Both are answered.');
    await place.workplace.ask('new', '--chat', '-d', '-P', '-s', 'one', 'go');
    const asks = () =>
      waitUntil(async () => {
        const reason = await place.workplace.ask('display-message', '-p', '-t', 'one', '#{session_waiting_reason}');
        return reason === 'approval';
      }, 'the question');
    await asks();
    expect(await place.workplace.ask('approve')).to.equal('one: allowed shell: touch allowed');
    await waitUntil(() => existsSync(path.join(place.workplace.home, 'allowed')), 'the file');
    await asks();
    expect(await place.workplace.ask('deny', '-t', 'one', 'no', 'more')).to.equal('one: refused shell: touch denied');
    const request = await place.server.request(3);
    expect(answers(request).join()).to.contain('no more');
    expect((await place.workplace.run(['approve'])).stderr).to.equal('no session asks for anything\n');
  });

  it('are awake at most as many as the option max-active says', async () => {
    await place.workplace.ask('new', '--chat', '-d', '-s', 'one');
    await place.workplace.ask('set-option', '-g', 'max-active', '1');
    await place.workplace.ask('new', '-d', '-s', 'prog', 'exec cat');
    await place.workplace.ask('new', '-d', '--type', 'debug');
    expect(await place.workplace.ask('ls', '-F', '#{session_name} #{session_status}')).to.match(
      /^one paused\nprog \S+\ndebug-1 waiting-for-input$/,
    );
    expect(await place.workplace.ask('show-messages')).to.contain(
      'one hibernates: at most 1 chats may be awake (max-active)',
    );
  });

  it('take the commands of their tools along when they are closed, and with the server', async () => {
    const pidOf = (name: string) => {
      const file = path.join(place.workplace.home, name);
      return waitUntil(() => existsSync(file) && Number(readFileSync(file, 'utf8')), `the process of ${name}`);
    };
    const run = async (name: string) => {
      place.calls({ name: 'shell', arguments: { command: `echo $$ > ${name}; sleep 1000` } });
      await place.workplace.ask('new', '--chat', '-d', '-P', '-s', name, 'go');
      const approve = async () => (await place.workplace.run(['approve', '-t', name])).code === 0;
      await waitUntil(approve, 'the question');
      return pidOf(name);
    };
    const [first, second] = [await run('one'), await run('two')];
    await place.workplace.ask('kill-session', '-t', 'one');
    await waitUntil(() => !alive(first), 'the command of the closed chat to end');
    expect(alive(second)).to.equal(true);
    await place.workplace.ask('kill-server');
    await waitUntil(() => !alive(second), 'the other command to end');
  });

  it('end the server with the last of them, and leave no empty folder', async () => {
    place.server.reply('Fine.');
    await place.workplace.ask('new', '--chat', '-d', '-s', 'one', 'hi');
    const pid = await place.workplace.serverPid();
    await place.workplace.ask('kill-session', '-t', 'one');
    await waitUntil(() => !alive(pid), 'the server to leave');
  });
});

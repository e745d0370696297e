import { expect } from 'chai';
import { Workplace } from '../support/workplace.ts';

const PREFIX = '\x02';

describe('marks, titles and input of panes', () => {
  let workplace: Workplace;

  beforeEach(() => {
    workplace = new Workplace();
  });

  afterEach(() => workplace.dispose());

  const panes = (format: string) => workplace.ask('list-panes', '-a', '-F', format);

  it('mark by key, show the mark, and join what is marked', async () => {
    await workplace.ask('new-session', '-d', '-s', 'two', 'echo second; exec cat');
    const client = workplace.attach(['new-session', '-s', 'one', 'echo first; exec cat']);
    await client.shows('first');
    client.type(`${PREFIX}m`);
    await client.shows('one*M');
    expect(await panes('#{session_name} #{pane_marked}#{pane_marked_set}')).to.equal('two 01\none 11');
    client.type(`${PREFIX}n`);
    await client.shows('one-M');
    await workplace.ask('join-pane', '-h', '-t', 'two');
    await client.shows(/second +│first/);
    client.type(`${PREFIX}M`);
    await client.shows((screen) => !screen.includes('M'));
    expect((await workplace.run(['display-message', '-p', '-t', '~', 'x'])).stderr).to.equal('no marked target\n');
  });

  it('forget the mark with its session', async () => {
    await workplace.ask('new-session', '-d', '-s', 'one', 'exec cat');
    await workplace.ask('new-session', '-d', '-s', 'two', 'exec cat');
    await workplace.ask('select-pane', '-m', '-t', 'two');
    await workplace.ask('kill-session', '-t', 'two');
    expect(await panes('#{pane_marked_set}')).to.equal('0');
  });

  it('have the title that a person gives, until the program says another one', async () => {
    await workplace.ask('new-session', '-d', '-s', 'one', 'read line; printf "\\033]2;own\\007"; exec cat');
    await workplace.ask('select-pane', '-t', 'one', '-T', 'logs of #{session_name}\x1b[31m');
    expect(await panes('#{pane_title}')).to.equal('logs of one[31m');
    await workplace.ask('send-keys', '-t', 'one', 'Enter');
    await workplace.ask('wait', '-t', 'one', '--status', 'waiting', '--timeout', '1').catch(() => undefined);
    const client = workplace.attach(['attach', '-t', 'one']);
    await client.shows('one');
    expect(await panes('#{pane_title}')).to.equal('own');
  });

  it('take nothing while their input is off: keys, texts and pastes', async () => {
    const client = workplace.attach(['new-session', '-s', 'one', 'exec cat']);
    await client.shows('one*');
    await workplace.ask('select-pane', '-d', '-t', 'one');
    expect(await panes('#{pane_input_off}')).to.equal('1');
    client.type('typed');
    await workplace.ask('send-keys', '-t', 'one', 'sent');
    await workplace.ask('set-buffer', 'pasted');
    await workplace.ask('paste-buffer', '-t', 'one');
    expect((await workplace.run(['send', '-t', 'one', 'a text'])).stderr).to.match(
      /^one takes no input; select-pane -e/,
    );
    await workplace.ask('select-pane', '-e', '-t', 'one');
    client.type('heard');
    await client.shows('heard');
    expect(client.text()).to.not.match(/typed|sent|pasted|a text/);
  });

  it('close a chat to keys as well, and open it again', async () => {
    const client = workplace.attach(['new-session', '--chat', '-s', 'talk']);
    await client.shows('[talk] q>');
    await workplace.ask('select-pane', '-d', '-t', 'talk');
    client.type('unheard\r');
    await workplace.ask('select-pane', '-e', '-t', 'talk');
    client.type('heard');
    await client.shows('q> heard');
    expect(client.text()).to.not.include('unheard');
  });
});

describe('copy mode of a pane that is not the active one', () => {
  let workplace: Workplace;

  beforeEach(() => {
    workplace = new Workplace();
  });

  afterEach(() => workplace.dispose());

  it('begins, moves and ends by commands, and the keys stay where they were', async () => {
    const client = workplace.attach(['new-session', '-s', 'one', 'exec cat']);
    await client.shows('one*');
    await workplace.ask('split-window', '-h', '-d', 'seq 100; exec cat');
    await client.shows(/│99\n/);
    await workplace.ask('copy-mode', '-t', 'one.1');
    await workplace.ask('send-keys', '-t', 'one.1', '-X', '-N', '2', 'page-up');
    await client.shows(/│ *6\d/);
    expect(await workplace.ask('list-panes', '-F', '#{pane_active}#{pane_in_mode}')).to.equal('10\n01');
    client.type('typed');
    await client.shows('typed');
    await workplace.ask('send-keys', '-t', 'one.1', '-X', 'cancel');
    await client.shows(/│99\n/);
    const { stderr } = await workplace.run(['send-keys', '-t', 'one.1', '-X', 'page-up']);
    expect(stderr).to.match(/has no actions|not in a mode/);
  });
});

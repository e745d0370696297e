import { expect } from 'chai';
import { CommandPlace } from '../support/command-place.ts';

describe('commands on panes', () => {
  let place: CommandPlace;

  beforeEach(async () => {
    place = new CommandPlace();
    await place.run('new-session -d -s one true');
    place.current = place.sessions[0];
  });

  /** The sessions of the layout in reading order, the active one with a star. */
  function layout(): string {
    const session = place.sessions[0];
    if (session === undefined) return '';
    const { panes } = place.server.panesWith(session);
    return panes.all.map((pane) => pane.session.name + (pane.id === panes.active ? '*' : '')).join(' ');
  }

  /** 0 one | 1 two over 2 three. */
  async function three(): Promise<void> {
    await place.run('new-session -d -s two true ; new-session -d -s three true');
    await place.run('split-window -h -t one --show two ; split-window -v -t two --show three');
  }

  it('split where the target says, and make the new pane active unless told', async () => {
    await place.run('split-window -h -t one -d true');
    expect(layout()).to.equal('one* session-1');
    await place.run('split-window -hb -t one true');
    expect(layout()).to.equal('session-2* one session-1');
    await place.run('split-window -fv -t one -l 30% -P -F "#{session_name}" true');
    expect(place.printed.join('')).to.equal('session-3\n');
    expect(layout()).to.equal('session-2 one session-1 session-3*');
  });

  it('find panes by index, by place and by what is beside them', async () => {
    await three();
    const session = async (target: string) => {
      await place.run(`select-pane -t one ; select-pane -t ${target}`);
      return place.current?.name;
    };
    expect(await session('one.1')).to.equal('two');
    expect(await session('2')).to.equal('three');
    expect(await session(':.+')).to.equal('two');
    expect(await session(':.-')).to.equal('three');
    expect(await session("'{bottom-right}'")).to.equal('three');
    expect(await session("'{left}'")).to.equal('one');
    // Of several beside it the one that was active last.
    expect(await session("'{right-of}'")).to.equal('three');
    expect(await session("three.'{up-of}'")).to.equal('two');
    await place.run('select-pane -t three ; select-pane -t one ; select-pane -t !');
    expect(place.current?.name).to.equal('three');
    expect(await place.refusal('select-pane -t one.7')).to.equal("can't find pane: 7");
    expect(await place.refusal('send-keys -t one.7 x')).to.equal("can't find pane: 7");
  });

  it('leave words for panes to sessions that stand alone, as scripts write them', async () => {
    await place.run('send-keys -t one:0.0 -l typed ; send-keys -t one.1 -l more');
    expect(place.sessions[0]?.sent).to.deep.equal(['typed', 'more']);
  });

  it('move to the pane beside, the last one, the next one', async () => {
    await three();
    await place.run('select-pane -t three ; select-pane -L');
    expect(layout()).to.equal('one* two three');
    await place.run('last-pane');
    expect(layout()).to.equal('one two three*');
    await place.run('select-pane -U -t three');
    expect(layout()).to.equal('one two* three');
  });

  it('exchange, turn, join and break', async () => {
    await three();
    await place.run('swap-pane -s one -t three');
    expect(layout()).to.equal('three* two one');
    // The place that was active stays it.
    await place.run('rotate-window -t one');
    expect(layout()).to.equal('two* one three');
    await place.run('join-pane -h -s two -t three');
    expect(layout()).to.equal('one three two*');
    await place.run('break-pane -d -s two');
    expect(layout()).to.equal('one three*');
    expect(await place.refusal('join-pane -s one -t one')).to.equal('source and target panes must be different');
  });

  it('give a title, and let a session take no input, without going there', async () => {
    await three();
    await place.run('select-pane -t one');
    await place.run("select-pane -t two -T 'logs of #{session_name}'");
    expect(place.sessions[1]?.title).to.equal('logs of two');
    await place.run('select-pane -t three -d');
    expect(place.sessions.map(({ isInputOff }) => isInputOff)).to.deep.equal([false, false, true]);
    await place.run('last-pane -e');
    expect(place.sessions[2]?.isInputOff).to.equal(false);
    expect(layout()).to.equal('one* two three');
  });

  it('mark a pane once, take the mark from it, and from wherever it is', async () => {
    await three();
    const marked = () => place.server.marked?.name;
    await place.run('select-pane -m -t two');
    expect(marked()).to.equal('two');
    await place.run('select-pane -m -t three');
    expect(marked()).to.equal('three');
    await place.run('select-pane -m -t three');
    expect(marked()).to.equal(undefined);
    expect(await place.refusal("send-keys -t '~' x")).to.equal('no marked target');
    await place.run(
      "select-pane -m -t three ; send-keys -t '~' -l a ; send-keys -t '{marked}' -l b ; select-pane -M -t one",
    );
    expect(place.sessions[2]?.sent).to.deep.equal(['a', 'b']);
    expect(marked()).to.equal(undefined);
    expect(layout()).to.equal('one two three*');
  });

  it('swap and join with the marked pane where no source is named', async () => {
    await three();
    await place.run('select-pane -m -t three ; swap-pane -t one');
    expect(layout()).to.equal('three two one*');
    await place.run('select-pane -m -t two ; join-pane -hb -t three');
    expect(layout()).to.equal('two* three one');
  });

  it('take the name of a script’s layout for its active pane where something is split, typed or read', async () => {
    await place.run('split-window -h -t one true ; split-window -v -t one true ; send-keys -t one -l typed');
    expect(layout()).to.equal('one session-1 session-2*');
    expect(place.sessions.map(({ sent }) => sent.join(''))).to.deep.equal(['', '', 'typed']);
    await place.run('send-keys -t %0 -l exact ; send-keys -t one.1 -l other');
    expect(place.sessions.map(({ sent }) => sent.join(''))).to.deep.equal(['exact', 'other', 'typed']);
  });

  it('count panes from where the option says', async () => {
    await three();
    place.options.set('pane-base-index', '1');
    await place.run('select-pane -t one.1');
    expect(place.current?.name).to.equal('one');
    expect(await place.refusal('select-pane -t one.0')).to.equal("can't find pane: 0");
  });

  it('swap with a session that stands elsewhere, or nowhere', async () => {
    await three();
    await place.run('new-session -d -s four true ; swap-pane -s four -t two');
    expect(layout()).to.equal('one four three*');
    await place.run('split-window -h -t two --show one');
  });

  it('say what is wrong with a size, a layout, a place without room', async () => {
    await three();
    expect(await place.refusal('split-window -l many true')).to.equal(
      '-l needs a number of cells or a percentage, not many',
    );
    expect(await place.refusal('resize-pane -x x')).to.equal('-x needs a number of cells or a percentage, not x');
    expect(await place.refusal('resize-pane -L x')).to.equal('adjustment invalid: x');
    expect(await place.refusal('select-layout tild')).to.match(/^invalid layout: tild.*nearest is tiled/);
    expect(await place.refusal('split-window --show two true')).to.equal('--show NAME takes no command');
    expect(await place.refusal('split-window -h -t one --show three')).to.equal('three has a pane here already');
    expect(await place.refusal('select-layout -o -t nobody')).to.match(/^can't find pane: nobody/);
    const before = place.sessions.length;
    for (let count = 0; count < 8; count++) await place.refusal('split-window -v -t two true');
    expect(await place.refusal('split-window -v -t two true')).to.equal('no space for new pane');
    expect(place.sessions.length).to.be.lessThan(before + 8);
  });

  it('list the panes of a layout', async () => {
    await three();
    expect(await place.run('list-panes -t two -F "#{session_name}"')).to.equal('one\ntwo\nthree\n');
    await place.run('kill-pane -a -t two');
    expect(place.sessions.map(({ name }) => name)).to.deep.equal(['two']);
  });
});

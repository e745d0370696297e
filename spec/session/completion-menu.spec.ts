import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect } from 'chai';
import { textWidth } from '../../lib/text/width.ts';
import { ComposerTypist } from '../support/composer-typist.ts';

const COMMANDS = ['model', 'new', 'new-session', 'switch'];

/** Completes as the command table does: the word from the last blank. */
function completeCommand(line: string, cursor: number): readonly string[] {
  const words = line.slice(0, cursor).split(' ');
  const last = words.at(-1) ?? '';
  return (words.length === 1 ? COMMANDS : ['api', 'apple']).filter((name) => name.startsWith(last));
}

/** Answers requests for files when told to. */
class SlowFiles {
  readonly asked: { readonly prefix: string; readonly signal: AbortSignal; readonly answer: (of: string[]) => void }[] =
    [];

  readonly complete = (prefix: string, signal: AbortSignal): Promise<readonly string[]> =>
    new Promise((resolve) => void this.asked.push({ prefix, signal, answer: resolve }));

  async answer(index: number, ...items: string[]): Promise<void> {
    this.asked[index]?.answer(items);
    await nextTurn();
  }
}

describe('the completion of the composer', () => {
  describe('of commands', () => {
    const typist = () => new ComposerTypist('emacs', { completeCommand });

    it('shows what fits while one types, and takes nothing without being asked', () => {
      const one = typist().type('/ne');
      expect(one.seen()).to.deep.equal([' new ', ' new-session ', '/ne|']);
      expect(one.composer.submit()?.text).to.equal('/ne');
      expect(typist().type('say /ne').seen()).to.deep.equal(['say /ne|']);
      expect(typist().type('/usr/bin').seen()).to.deep.equal(['/usr/bin|']);
      expect(typist().type('/switch').seen()).to.deep.equal(['/switch|']);
    });

    it('chooses by Up and Down, and takes by Enter', () => {
      const one = typist().type('/ne').press('Down');
      expect(one.composer.submit()).to.equal(undefined);
      expect(one.seen()).to.deep.equal([' api ', ' apple ', '/new |']);
      expect(one.press('Up Enter').composer.text).to.equal('/new apple ');
      expect(one.composer.submit()?.text).to.equal('/new apple ');
    });

    it('fills in by Tab what is clear, then chooses', () => {
      const one = typist().type('/n').press('Tab');
      expect(one.seen()).to.deep.equal([' new ', ' new-session ', '/new|']);
      expect(one.press('Tab').composer.submit()).to.equal(undefined);
      expect(one.press('Escape').draft).to.equal('/new |');
      expect(typist().type('/sw').press('Tab Escape').draft).to.equal('/switch |');
      expect(typist().type('/new').press('BTab Tab Escape').draft).to.equal('/new-session |');
    });

    it('is closed by Escape, by moving, and by what it is not for', () => {
      expect(typist().type('/ne').press('Escape').draft).to.equal('/ne|');
      expect(typist().type('/ne').press('Left').draft).to.equal('/n|e');
      expect(typist().type('/ne').press('C-j').draft).to.equal('/ne\n|');
      expect(typist().type('/ne').press('Escape Tab').seen()).to.have.length(3);
    });

    it('shows eight rows at most, the chosen one among them, and leaves a row for the draft', () => {
      const many = Array.from({ length: 30 }, (_, index) => `item\x1b${index}`);
      const one = new ComposerTypist('emacs', { completeCommand: () => many }).type('/');
      expect(one.seen(40, 20)).to.have.length(10);
      expect(one.seen(40, 20)[8]).to.equal(' … 22 more');
      expect(one.seen(4, 20)[8]).to.equal(' … 2');
      expect(one.press('Up').seen(40, 20)[7]).to.equal(' item␛29 ');
      expect(one.seen(40, 3)).to.have.length(3);
      expect(one.seen(40, 1)).to.deep.equal(['/|']);
      one.seen(40, 20);
      one.composer.moveTo(2, 8);
      expect(one.composer.text).to.equal('/');
      one.composer.moveTo(2, 0);
      expect(one.composer.text).to.equal('/item22 ');
    });
  });

  describe('of commands that are described', () => {
    const describeCommand = (name: string) =>
      name === 'model' ? undefined : { usage: `/${name} [漢\x1b]`, summary: `What ${name} does` };
    const typist = () => new ComposerTypist('emacs', { completeCommand, describeCommand });

    it('shows how they are called and what they do, as far as there is room', () => {
      expect(typist().type('/ne').seen()).to.deep.equal([
        ' /new [漢␛]          What new does ',
        ' /new-session [漢␛]  What new-session d…',
        '/ne|',
      ]);
      expect(typist().type('/ne').seen(16, 9).slice(0, 2)).to.deep.equal([' /new […   What…', ' /new-se…  What…']);
      for (const columns of [1, 2, 3, 5, 8])
        for (const row of typist().type('/').seen(columns, 9)) expect(textWidth(row)).to.be.at.most(columns + 1);
      expect(typist().type('/m').seen()[0]).to.equal(' model ');
      expect(typist().type('/new ap').seen()).to.deep.equal([' api ', ' apple ', '/new ap|']);
    });

    it('take the name alone', () => {
      expect(typist().type('/new-').press('Tab Escape').draft).to.equal('/new-session |');
    });
  });

  describe('of files', () => {
    it('hears only the newest answer, and stops asking for the others', async () => {
      const files = new SlowFiles();
      const typist = new ComposerTypist('emacs', { completeFile: files.complete }).type('see @s').type('r');
      expect(files.asked.map(({ prefix, signal }) => [prefix, signal.aborted])).to.deep.equal([
        ['s', true],
        ['sr', false],
      ]);
      await files.answer(0, 'stale');
      expect(typist.seen()).to.deep.equal(['see @sr|']);
      await files.answer(1, 'src/', 'sri.ts');
      expect(typist.seen()).to.deep.equal([' src/ ', ' sri.ts ', 'see @sr|']);
    });

    it('never changes what is typed meanwhile, and no key that was pressed', async () => {
      const files = new SlowFiles();
      const typist = new ComposerTypist('emacs', { completeFile: files.complete }).type('@a').press('Tab').type(' b');
      await files.answer(1, 'abc');
      expect(typist.draft).to.equal('@a b|');
      typist.type(' @c');
      expect(typist.composer.submit()?.text).to.equal('@a b @c');
      for (const [index] of files.asked.entries()) await files.answer(index, 'late');
      expect(typist.draft).to.equal('|');
    });

    it('keeps what was chosen from a menu although an answer is late', async () => {
      const files = new SlowFiles();
      const typist = new ComposerTypist('emacs', { completeFile: files.complete }).type('@a');
      await files.answer(0, 'ab', 'abc');
      typist.type('b').press('Down');
      await files.answer(1, 'other');
      expect(typist.press('Enter').draft).to.equal('@ab |');
    });

    it('goes on in a folder that was taken, and quotes blanks', async () => {
      const files = new SlowFiles();
      const typist = new ComposerTypist('emacs', { completeFile: files.complete }).type('@my');
      await files.answer(0, 'my files/');
      typist.press('Tab');
      expect(typist.composer.text).to.equal('@"my files/');
      expect(files.asked.at(-1)?.prefix).to.equal('my files/');
      await files.answer(1, 'my files/a b.txt', 'my files/c.txt');
      typist.press('Tab Enter');
      expect(typist.composer.text).to.equal('@"my files/a b.txt" ');
      expect(typist.type('x').composer.submit()?.text).to.equal('@"my files/a b.txt" x');
    });

    it('does not take an address of mail for a file, and bears a failure', async () => {
      const typist = new ComposerTypist('emacs', { completeFile: () => Promise.reject(new Error('no')) });
      typist.type('me@host (@x');
      await nextTurn();
      expect(typist.seen()).to.deep.equal(['me@host (@x|']);
      const files = new SlowFiles();
      new ComposerTypist('emacs', { completeFile: files.complete }).type('me@host');
      expect(files.asked).to.deep.equal([]);
    });
  });
});

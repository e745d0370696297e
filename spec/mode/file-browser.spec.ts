import { expect } from 'chai';
import { fileBrowser } from '../../lib/mode/file-browser.ts';
import { type FileEntry, FileTree, type TreeRow } from '../../lib/mode/file-tree.ts';
import { LineRows } from '../../lib/mode/line-rows.ts';

const entry = (name: string, kind: FileEntry['kind'] = 'file', more: Partial<FileEntry> = {}): FileEntry => ({
  name,
  kind,
  isLink: false,
  isIgnored: false,
  ...more,
});

/** What is where; folders that are not listed cannot be read. */
const DISK: Readonly<Record<string, readonly FileEntry[]>> = {
  '/home': [entry('work', 'folder'), entry('other', 'folder')],
  '/home/work': [
    entry('.git', 'folder'),
    entry('src', 'folder'),
    entry('empty', 'folder'),
    entry('a\nb'),
    entry('pipe', 'other'),
  ],
  '/home/work/src': [entry('main.ts'), entry('lib', 'folder'), entry('link', 'file', { isLink: true })],
  '/home/work/src/lib': [entry('main.c')],
  '/home/work/empty': [],
};

class Desk {
  readonly done: string[] = [];
  readonly tree: FileTree;
  readonly mode: ReturnType<typeof fileBrowser>;

  constructor(tree = new FileTree('/home/work'), selected?: string) {
    this.tree = tree;
    const note = (what: string) => (row: TreeRow) => this.done.push(`${what} ${row.path}`);
    this.mode = fileBrowser({
      tree,
      selected,
      read: () => this.read(),
      reread: () => {
        tree.doubt();
        this.read();
      },
      preview: () => new LineRows([]),
      insert: (row, stays) => this.done.push(`${stays ? 'insert and stay' : 'insert'} ${row.path}`),
      page: note('page'),
      edit: note('edit'),
      exit: () => this.done.push('exit'),
    });
    this.read();
  }

  read(): void {
    for (const path of this.tree.unread) {
      const entries = DISK[path];
      this.tree.found(
        path,
        entries === undefined
          ? { kind: 'failed', problem: 'it may not be read' }
          : { kind: 'read', entries, isCut: false },
      );
    }
  }

  do(...names: readonly string[]): this {
    for (const name of names) expect(this.mode.action(name, [], 1)).to.equal(true);
    return this;
  }

  get rows(): readonly string[] {
    const view = this.mode.view();
    if (view.kind !== 'list') throw new Error(view.kind);
    return view.items.map(({ line }, index) => {
      const text = line.map((span) => span.text).join('');
      return index + (view.first ?? 0) === view.selected ? `${text} <` : text;
    });
  }
}

describe('the file browser', () => {
  it('shows a folder as a tree whose folders open and close', () => {
    const desk = new Desk();
    expect(desk.rows).to.deep.equal(['▸ src/ <', '▸ empty/', '  a␊b', '  pipe (no file)']);
    expect(desk.do('enter').rows.slice(0, 4)).to.deep.equal(['▾ src/ <', '    main.ts', '  ▸ lib/', '    link →']);
    expect(desk.do('enter', 'down', 'accept').rows.slice(2, 4)).to.deep.equal(['  ▾ lib/ <', '      main.c']);
    expect(desk.do('leave', 'leave').rows[0]).to.equal('▾ src/ <');
    expect(desk.do('leave').rows[0]).to.equal('▸ src/ <');
    expect(desk.do('down', 'accept').rows.slice(1, 3)).to.deep.equal(['▾ empty/ <', '    (empty)']);
  });

  it('goes up to the folder around it, and stays where it was', () => {
    const desk = new Desk();
    expect(desk.do('down', 'leave').rows.slice(0, 2)).to.deep.equal(['▾ work/ <', '  ▸ src/']);
    expect(desk.rows).to.include('▸ other/');
    expect(desk.do('bottom', 'accept').rows.slice(-2)).to.deep.equal(['▾ other/ <', '    (it may not be read)']);
    expect(desk.do('down', 'leave').rows.at(-2)).to.equal('▾ other/ <');
    desk.do('top', 'leave', 'leave', 'leave', 'leave');
    expect(desk.tree.root).to.equal('/');
  });

  it('shows hidden files when asked', () => {
    const desk = new Desk().do('down');
    expect(desk.do('hidden').rows).to.include('▸ .git/');
    expect(desk.do('hidden').rows).not.to.include('▸ .git/');
  });

  it('takes files, pages and edits no folders, and lets notes alone', () => {
    const desk = new Desk();
    desk.do('page', 'edit', 'insert', 'enter', 'down', 'page', 'edit', 'accept');
    expect(desk.done).to.deep.equal([
      'insert and stay /home/work/src',
      'page /home/work/src/main.ts',
      'edit /home/work/src/main.ts',
      'insert /home/work/src/main.ts',
    ]);
    desk.done.length = 0;
    desk.do('leave', 'leave', 'down', 'enter', 'down', 'accept', 'insert', 'page', 'edit', 'enter');
    expect(desk.rows.slice(1, 3)).to.deep.equal(['▾ empty/', '    (empty) <']);
    expect(desk.done).to.deep.equal([]);
  });

  it('filters what is open by words of the path', () => {
    const desk = new Desk().do('enter');
    desk.mode.paste('MAIN src');
    expect(desk.rows).to.deep.equal(['  src/main.ts <']);
    desk.do('accept');
    expect(desk.done).to.deep.equal(['insert /home/work/src/main.ts']);
    desk.do('cancel');
    expect(desk.rows.find((row) => row.endsWith('<'))).to.equal('    main.ts <');
  });

  it('comes back to where somebody was', () => {
    const before = new Desk().do('enter', 'enter', 'down', 'accept', 'hidden');
    const place = before.tree.place(before.mode.selected?.path);
    const desk = new Desk(new FileTree('/home/work', place), place.selected);
    desk.read();
    expect(desk.rows).to.deep.equal(before.rows);
  });

  it('waits for a folder that is read, and keeps what it shows while it reads anew', () => {
    const tree = new FileTree('/home/work');
    expect(tree.rows.map(({ text }) => text)).to.deep.equal(['…']);
    tree.found('/home/work', { kind: 'read', entries: [entry('one')], isCut: true });
    tree.doubt();
    expect(tree.unread).to.deep.equal(['/home/work']);
    expect(tree.rows.map(({ text }) => text)).to.deep.equal(['one', '(more is in it than is shown)']);
    tree.found('/home/work', { kind: 'read', entries: [entry('two')], isCut: false });
    expect(tree.unread).to.deep.equal([]);
    expect(tree.rows.map(({ text }) => text)).to.deep.equal(['two']);
  });

  it('knows where it came from before the folder around it is read', () => {
    const tree = new FileTree('/home/work');
    tree.goUp();
    expect(tree.unread).to.deep.equal(['/home/work', '/home']);
    expect(tree.rows.map(({ path, depth }) => [path, depth])).to.deep.equal([
      ['/home/work', 0],
      ['/home/work', 1],
    ]);
  });

  it('answers at once in a folder of 100,000 entries', () => {
    const tree = new FileTree('/big');
    const entries = Array.from({ length: 100_000 }, (_, index) => entry(`file-${index}.txt`));
    tree.found('/big', { kind: 'read', entries, isCut: false });
    const desk = new Desk(tree);
    const started = performance.now();
    desk.do('bottom', 'up', 'up', 'page-up');
    for (let frame = 0; frame < 50; frame++) desk.mode.view();
    desk.mode.paste('99998');
    for (let frame = 0; frame < 50; frame++) desk.mode.view();
    expect(desk.rows).to.deep.equal(['  file-99998.txt <']);
    expect(performance.now() - started).to.be.lessThan(2000);
  });
});

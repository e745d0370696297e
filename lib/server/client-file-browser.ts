import type { Disposable } from '../base/disposable.ts';
import { editorCommand } from '../base/editor.ts';
import { UserError } from '../base/user-error.ts';
import { fileBrowser } from '../mode/file-browser.ts';
import { FileTree, type TreeRow } from '../mode/file-tree.ts';
import { chatWord, pathText, shellWord, shownPath } from '../mode/file-word.ts';
import { LineRows } from '../mode/line-rows.ts';
import type { ListMode } from '../mode/list-mode.ts';
import type { Session } from '../session/session.ts';
import type { Line } from '../text/line.ts';
import type { RowSource } from '../text/row-source.ts';
import type { AttachedClient } from './attached-client.ts';
import type { ClientDialogs } from './client-dialogs.ts';
import type { ClientHost } from './client-host.ts';
import { filePage, filePreview } from './file-reader.ts';
import { readFolder } from './folder-reader.ts';

/** Folders that are read at once. */
const AT_ONCE = 3;
/** Entries of a folder that its preview reads. */
const PREVIEWED = 1000;
const HINT = '? keys, Enter takes, v pages, o edits, - up, / filters, . hidden, r reads again';

/** The file browser of one client while it is open. */
export class ClientFileBrowser implements Disposable {
  readonly mode: ListMode<TreeRow>;
  readonly #client: AttachedClient;
  readonly #host: ClientHost;
  readonly #dialogs: ClientDialogs;
  readonly #session: Session;
  /** Where the session works, in bytes, one a character. */
  readonly #directory: string;
  readonly #tree: FileTree;
  readonly #abort = new AbortController();
  readonly #reading = new Set<string>();
  /** What the preview shows now, and of what. */
  #preview: { readonly key: string; readonly lines: readonly Line[] } | undefined;
  #previewWanted: TreeRow | undefined;
  #previewReading = false;

  constructor(client: AttachedClient, host: ClientHost, dialogs: ClientDialogs, session: Session) {
    this.#client = client;
    this.#host = host;
    this.#dialogs = dialogs;
    this.#session = session;
    this.#directory = directoryOf(session);
    const known = host.filePlaces.get(session);
    const place = known?.directory === this.#directory ? known.place : undefined;
    this.#tree = new FileTree(this.#directory, place);
    this.mode = fileBrowser({
      tree: this.#tree,
      selected: place?.selected,
      style: dialogs.style('mode-style'),
      hint: HINT,
      rows: () => dialogs.pageSize.rows,
      previewRows: () => dialogs.pageSize.rows,
      exit: () => dialogs.close(this.mode),
      read: () => this.#read(),
      reread: () => {
        this.#tree.doubt();
        this.#preview = undefined;
        this.#read();
      },
      preview: (row) => this.#previewOf(row),
      insert: (row, stays) => this.#insert(row, stays),
      page: (row) => this.#try(() => this.#page(row)),
      edit: (row) => this.#try(async () => this.#edit(row)),
    });
    this.#read();
  }

  /** Leaves; the place is remembered for as long as the session lives. */
  dispose(): void {
    this.#abort.abort();
    const place = this.#tree.place(this.mode.selected?.path);
    this.#host.filePlaces.set(this.#session, { directory: this.#directory, place });
  }

  #read(): void {
    for (const path of this.#tree.unread) {
      if (this.#reading.size >= AT_ONCE) return;
      if (!this.#reading.has(path)) this.#try(() => this.#readFolder(path));
    }
  }

  async #readFolder(path: string): Promise<void> {
    this.#reading.add(path);
    try {
      this.#tree.found(path, await readFolder(path, this.#abort.signal));
      this.#client.changed();
    } finally {
      this.#reading.delete(path);
    }
    this.#read();
  }

  #previewOf(row: TreeRow): RowSource {
    const isKnown = this.#preview?.key === this.#previewKey(row);
    if (!isKnown && (row.kind === 'file' || row.kind === 'folder')) {
      this.#previewWanted = row;
      this.#try(() => this.#readPreviews());
    }
    const lines = isKnown ? (this.#preview?.lines ?? []) : [];
    return new LineRows(lines.slice(0, this.#dialogs.pageSize.rows));
  }

  /** A folder's preview depends on whether hidden files are shown. */
  #previewKey({ kind, id }: TreeRow): string {
    return `${kind} ${kind === 'folder' && this.#tree.showsHidden ? 'all ' : ''}${id}`;
  }

  /** One at a time, and of those that were passed by meanwhile none. */
  async #readPreviews(): Promise<void> {
    if (this.#previewReading) return;
    this.#previewReading = true;
    try {
      for (let row = this.#previewWanted; row !== undefined; row = this.#previewWanted) {
        this.#previewWanted = undefined;
        const key = this.#previewKey(row);
        const lines = await (row.kind === 'folder' ? this.#folderPreview(row) : filePreview(row.path, row.isLink));
        this.#abort.signal.throwIfAborted();
        this.#preview = { key, lines };
        this.#client.changed();
      }
    } finally {
      this.#previewReading = false;
    }
  }

  /** What is in a folder, as the tree would show it. */
  async #folderPreview({ path }: TreeRow): Promise<readonly Line[]> {
    const tree = new FileTree(path);
    tree.setShowsHidden(this.#tree.showsHidden);
    tree.found(path, await readFolder(path, this.#abort.signal, PREVIEWED));
    return tree.rows.map(({ line }) => line);
  }

  #insert(row: TreeRow, stays: boolean): void {
    const session = this.#session;
    const dialogs = this.#dialogs;
    const problem = this.#problem(row);
    if (problem !== undefined) {
      dialogs.message(problem, 0);
      return;
    }
    const path = relative(this.#directory, row.path);
    const word = session.kind === 'chat' ? chatWord(path) : shellWord(path);
    session.paste(`${word} `);
    if (stays) dialogs.message(`put ${shownPath(path)} into ${session.name}`, 0);
    else dialogs.close(this.mode);
  }

  /** Why its path cannot be put into the session's input. */
  #problem(row: TreeRow): string | undefined {
    const { name, kind, exit } = this.#session;
    if (this.#client.readOnly) return 'this client is read-only';
    if (!this.#host.server.sessions.includes(this.#session)) return `session ${name} is gone`;
    if (exit !== undefined) return `the program of ${name} has ended; start it again first`;
    if (kind === 'chat' && pathText(row.path) === undefined)
      return 'this name is no UTF-8: a chat cannot name it; rename the file first';
    return undefined;
  }

  async #page(row: TreeRow): Promise<void> {
    const page = await filePage(row.path);
    this.#abort.signal.throwIfAborted();
    if ('problem' in page) this.#dialogs.message(page.problem, 0);
    else this.#dialogs.showLines(shownPath(relative(this.#directory, row.path)), page.lines);
  }

  /** The person's editor in a session of its own, which ends with it. */
  #edit(row: TreeRow): void {
    if (this.#client.readOnly) throw new UserError('this client is read-only');
    const { server } = this.#host;
    const editor = editorCommand((name) => server.environment.get(name) ?? process.env[name]);
    const session = server.createSession({
      kind: 'program',
      name: undefined,
      command: [`${editor} ${shellWord(row.path)}`],
      workingDirectory: pathText(this.#directory) ?? '/',
      environment: {},
      size: undefined,
    });
    this.#client.show(session);
  }

  /** What fails is shown; what the person left meanwhile is nothing that fails. */
  #try(task: () => Promise<void>): void {
    task().catch((error: unknown) => {
      if (!this.#abort.signal.aborted) this.#host.lines.showError(this.#client, error);
    });
  }
}

/** Where a session works, in bytes, one a character. */
function directoryOf(session: Session): string {
  const path = session.fact('pane_current_path') ?? '';
  return Buffer.from(path.startsWith('/') ? path.replace(/(?<=.)\/+$/, '') : '/').toString('latin1');
}

/** A path as it is typed in a folder. */
function relative(folder: string, path: string): string {
  if (folder === path) return '.';
  const from = folder.split('/').filter((part) => part !== '');
  const to = path.split('/').filter((part) => part !== '');
  let same = 0;
  while (same < from.length && from[same] === to[same]) same += 1;
  return [...from.slice(same).map(() => '..'), ...to.slice(same)].join('/');
}

import type { RowSource } from '../text/row-source.ts';
import { type FileTree, parentPath, type TreeRow } from './file-tree.ts';
import { shownPath } from './file-word.ts';
import type { ListModeOptions } from './list-entry.ts';
import { ListMode } from './list-mode.ts';

export interface FileBrowserOptions
  extends Pick<ListModeOptions<TreeRow>, 'exit' | 'hint' | 'style' | 'rows' | 'previewRows' | 'selected'> {
  readonly tree: FileTree;
  /** Folders were opened: those of `tree.unread` are to be read. */
  readonly read: () => void;
  /** Everything is to be read anew. */
  readonly reread: () => void;
  readonly preview: (row: TreeRow) => RowSource;
  /** Puts its path into the session's input; `stays` with the browser open. */
  readonly insert: (row: TreeRow, stays: boolean) => void;
  readonly page: (row: TreeRow) => void;
  readonly edit: (row: TreeRow) => void;
}

/** Units of the root's path in the title; its end says most. */
const TITLE_LENGTH = 48;

/** A tree of files to look at and to choose from. */
export function fileBrowser(options: FileBrowserOptions): ListMode<TreeRow> {
  const { tree, read } = options;
  const open = (row: TreeRow) => {
    tree.open(row.path);
    read();
  };
  const toggle = (row: TreeRow) => {
    if (row.isOpen) tree.close(row.path);
    else open(row);
  };
  /** Into a folder: opens it, or goes to the first thing in it. */
  const enter = (row: TreeRow) => {
    if (row.kind !== 'folder') return;
    if (!row.isOpen) open(row);
    else mode.action('down', [], 1);
  };
  /** Out of a folder: closes it, else goes to the one around it, and from the top of the tree to a wider tree. */
  const leave = (row: TreeRow) => {
    if (row.isOpen) {
      tree.close(row.path);
      return;
    }
    const around = row.kind === 'note' ? row.path : parentPath(row.path);
    if (around === tree.root) {
      tree.goUp();
      read();
    }
    mode.selectEntry(around);
  };
  const file = (act: (row: TreeRow) => void) => (row: TreeRow) => {
    if (row.kind === 'file') act(row);
  };
  const mode: ListMode<TreeRow> = new ListMode<TreeRow>({
    ...options,
    table: 'tree',
    title: () => titleOf(tree),
    items: () => tree.rows,
    match: (rows, filter) => tree.matching(rows, filter),
    accept: (row) => {
      if (row.kind === 'folder') toggle(row);
      else if (row.kind !== 'note') options.insert(row, false);
    },
    actions: {
      insert: (row) => {
        if (row.kind !== 'note') options.insert(row, true);
      },
      enter,
      leave,
      page: file(options.page),
      edit: file(options.edit),
    },
    anytime: {
      hidden: () => tree.setShowsHidden(!tree.showsHidden),
      reread: () => options.reread(),
    },
  });
  return mode;
}

function titleOf({ root, showsHidden }: FileTree): string {
  const path = shownPath(root);
  const end = path.length > TITLE_LENGTH ? `…${path.slice(1 - TITLE_LENGTH)}` : path;
  return showsHidden ? `${end}, all` : end;
}

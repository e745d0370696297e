import { textWidth } from '../text/width.ts';
import type { CompletionMenu } from './completion-menu.ts';
import type { ComposerHistory } from './composer-history.ts';
import { type ComposerView, fittedLabel, textColumns, viewComposer } from './composer-view.ts';
import type { DraftEditor } from './draft-editor.ts';

/** What stands at a cell: an item of the menu of completions, or a place in the draft's text. */
type ClickedPart =
  | { readonly kind: 'item'; readonly index: number }
  | { readonly kind: 'text'; readonly offset: number };

/** How a composer looks, and what its cells mean as they were laid out last. */
export class ComposerPicture {
  readonly #editor: DraftEditor;
  readonly #history: ComposerHistory;
  readonly #menu: CompletionMenu;
  #label = '';
  #view: ComposerView | undefined;

  constructor(editor: DraftEditor, history: ComposerHistory, menu: CompletionMenu) {
    this.#editor = editor;
    this.#history = history;
    this.#menu = menu;
  }

  /** While the history is searched, what was found stands in place of the draft, and no menu. */
  layOut(columns: number, maximumRows: number, label: string): ComposerView {
    const { search } = this.#history;
    const found = search?.found;
    this.#label = fittedLabel(search?.label ?? label, columns);
    this.#editor.setColumns(textColumns(columns, this.#label));
    this.#view = viewComposer(
      {
        rows: found === undefined ? this.#editor.rows : this.#editor.rowsOf(found),
        cursor: found === undefined ? this.#editor.draft.cursor : 0,
        top: this.#view?.visible[0]?.start ?? 0,
        label: this.#label,
        items: search === undefined ? this.#menu.items : [],
        selected: this.#menu.selected,
      },
      columns,
      maximumRows,
    );
    return this.#view;
  }

  /** Undefined where a click means nothing: in a search, and on rows that are neither or not there any more. */
  at(x: number, y: number): ClickedPart | undefined {
    if (this.#history.search !== undefined || this.#view === undefined) return undefined;
    const { visible, draftTop, menuFirst, menuRows } = this.#view;
    if (y < menuRows) return { kind: 'item', index: menuFirst + y };
    const row = visible[y - draftTop];
    const { draft, rows } = this.#editor;
    if (row === undefined || row.end > draft.text.length) return undefined;
    return { kind: 'text', offset: rows.offsetAt(row, Math.max(0, x - textWidth(this.#label))) };
  }
}

import type { CopyMode } from '../mode/copy-mode.ts';

/** Facts of copy mode by tmux's names; undefined for a name that is none of them. */
export function copyFact(name: string, mode: CopyMode | undefined): string | undefined {
  switch (name) {
    case 'pane_in_mode':
      return mode === undefined ? '0' : '1';
    case 'pane_mode':
      return mode === undefined ? '' : 'copy-mode';
    case 'scroll_position':
      return mode === undefined ? '' : String(mode.scrollPosition);
    case 'selection_present':
      return mode === undefined || mode.selectedText === '' ? '0' : '1';
    case 'copy_cursor_x':
      return mode === undefined ? '' : String(mode.cursor.column);
    default:
      return undefined;
  }
}

import path from 'node:path';

/** Whether the person edits with vi: VISUAL, else EDITOR, names a program with `vi` in its name, as tmux decides it. */
export function prefersVi(environment: Readonly<Record<string, string | undefined>>): boolean {
  const editor = environment['VISUAL'] ?? environment['EDITOR'] ?? '';
  return path.basename(editor).includes('vi');
}

import { clustersOf, textWidth } from '../text/width.ts';

/*
 * While a format is expanded, all text is markup: `##` is a `#` that is shown, `#[...]` a style. Values of variables are
 * escaped as they enter, so that what a program names itself is never obeyed.
 */

/** A value as markup that shows it. */
export const escapeMarkup = (text: string): string => (text.includes('#') ? text.replaceAll('#', '##') : text);

/** Markup as plain text, its styles as they were written. */
export const unescapeMarkup = (markup: string): string =>
  markup.includes('#') ? markup.replaceAll('##', '#') : markup;

/** Markup in turns: text, style, text, ...; texts keep their doubled hashes. */
function pieces(markup: string): string[] {
  return markup.split(/((?<!#)(?:##)*#\[[^\]]*\])/).flatMap((piece, index) => {
    if (index % 2 === 0) return [piece];
    const start = piece.indexOf('[') - 1;
    return start === 0 ? [piece] : [piece.slice(0, start), piece.slice(start)];
  });
}

const isStyle = (piece: string): boolean => piece.startsWith('#[');

/** `change` done to the shown text alone, each stretch between two styles for itself. */
export function mapShown(markup: string, change: (text: string) => string): string {
  if (!markup.includes('#')) return escapeMarkup(change(markup));
  return pieces(markup)
    .map((piece) => (isStyle(piece) ? piece : piece === '' ? '' : escapeMarkup(change(unescapeMarkup(piece)))))
    .join('');
}

/** The shown text of markup, without styles. */
export const shownText = (markup: string): string =>
  markup.includes('#')
    ? pieces(markup)
        .map((piece) => (isStyle(piece) ? '' : unescapeMarkup(piece)))
        .join('')
    : markup;

/** Columns that the shown text takes. */
export const shownWidth = (markup: string): number => textWidth(shownText(markup));

/** The first `columns` columns of the shown text (the last ones where negative), styles kept. */
export function trimShown(markup: string, columns: number): string {
  const width = shownWidth(markup);
  const keep = Math.abs(columns);
  if (width <= keep) return markup;
  let from = columns < 0 ? width - keep : 0;
  let room = keep;
  return pieces(markup)
    .map((piece) => {
      if (isStyle(piece)) return piece;
      let kept = '';
      for (const cluster of clustersOf(unescapeMarkup(piece))) {
        if (from > 0) from -= cluster.width;
        else if (cluster.width <= room) {
          kept += cluster.text;
          room -= cluster.width;
        } else room = 0;
      }
      return escapeMarkup(kept);
    })
    .join('');
}

/** Characters that tmux's `q:` puts a backslash before. */
const SHELL_SPECIAL = /[|&;<>()$`\\"'*?[# =%]/g;

/** A word that a shell reads as it is; line breaks and other controls are left out. */
export const quoteShell = (text: string): string =>
  text.replace(/[\x00-\x08\x0a-\x1f\x7f]/g, '').replace(SHELL_SPECIAL, '\\$&');

import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ProgramSession } from '../session/program-session.ts';
import { SnapshotWriter } from '../terminal/snapshot.ts';
import type { RowSource } from '../text/row-source.ts';
import { stripControls } from '../text/sanitize.ts';

/** What of a program's screen and scrollback is kept. */
export interface ProgramScreen {
  readonly text: string;
  readonly snapshot: Buffer;
}

/** Rows that are kept at most, and bytes of them, and units of their text: it is indexed word by word in one go. */
const MAXIMUM_ROWS = 2000;
const MAXIMUM_BYTES = 1024 * 1024;
const MAXIMUM_TEXT = 128 * 1024;
/** Cells that are read in one go: about a millisecond. */
const SLICE = 2048;
/** Rows that are taken over at once when a program ends, since its screen is gone after that. */
const LAST_ROWS = 300;

/**
 * Reads a program's screen a little at a time, so that keys have their turn between: what comes meanwhile is read next
 * time. Undefined where its rows were numbered anew.
 */
export async function readScreen({ content, cursor, title }: ProgramSession): Promise<ProgramScreen | undefined> {
  const { epoch, screenTop, endRow } = content;
  const writer = new SnapshotWriter(content);
  const first = Math.max(content.firstRow, endRow - MAXIMUM_ROWS);
  const rows = Math.max(1, Math.floor(SLICE / content.columns));
  const pieces: string[] = [];
  const texts: string[] = [];
  for (let row = first; row < screenTop; row += rows) {
    const end = Math.min(row + rows, screenTop);
    writeRows(writer, row, end, first);
    pieces.push(writer.take());
    texts.push(rowTexts(content, row, end));
    await nextTurn();
    if (content.epoch !== epoch) return undefined;
  }
  writeRows(writer, Math.max(first, screenTop), endRow, first);
  writer.cursor(cursor);
  pieces.push(writer.take() + titleBytes(title));
  return {
    snapshot: lastBytes(pieces),
    text: lastText([...texts, rowTexts(content, Math.max(first, screenTop), endRow)]),
  };
}

/** The same at once, with fewer rows. */
export function readLastScreen(session: ProgramSession): ProgramScreen {
  const { content } = session;
  const first = Math.max(content.firstRow, content.endRow - LAST_ROWS);
  const writer = new SnapshotWriter(content);
  writeRows(writer, first, content.endRow, first);
  writer.cursor(session.cursor);
  return {
    snapshot: lastBytes([writer.take() + titleBytes(session.title)]),
    text: lastText([rowTexts(content, first, content.endRow)]),
  };
}

/** What sets the title again (OSC 2). */
const titleBytes = (title: string): string => (title === '' ? '' : `\x1b]2;${stripControls(title)}\x1b\\`);

function writeRows(writer: SnapshotWriter, from: number, to: number, first: number): void {
  for (let row = from; row < to; row++) writer.row(row, row === first);
}

/** The last pieces that have room; each begins with a whole row. */
function lastBytes(pieces: readonly string[]): Buffer {
  const kept: Buffer[] = [];
  let length = 0;
  for (const piece of pieces.toReversed()) {
    const bytes = Buffer.from(piece);
    length += bytes.length;
    if (length > MAXIMUM_BYTES) break;
    kept.unshift(bytes);
  }
  return Buffer.concat(kept);
}

/** Rows as lines. */
function rowTexts(content: RowSource, from: number, to: number): string {
  let text = '';
  for (let row = from; row < to; row++)
    text += content.isWrapped(row) ? content.rowText(row) : `\n${content.rowText(row)}`;
  return text;
}

/** The last pieces that have room. */
function lastText(pieces: readonly string[]): string {
  let length = 0;
  let first = pieces.length;
  while (first > 0 && length < MAXIMUM_TEXT) length += pieces[--first]?.length ?? 0;
  return pieces.slice(first).join('').slice(-MAXIMUM_TEXT).trim();
}

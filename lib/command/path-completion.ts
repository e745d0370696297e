import { type Dirent, opendirSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { stripControls } from '../text/sanitize.ts';

/** Entries of a folder that are looked at, and of these that are offered. */
const MAXIMUM_ENTRIES = 2000;
const MAXIMUM_OFFERED = 200;

/**
 * The paths that begin with a word, from a directory; folders end in `/`, hidden files are offered to a dot only. Names with
 * blanks or controls are left out: a command line would take them for something else.
 */
export function pathsAt(word: string, directory: string): readonly string[] {
  const folder = word.slice(0, word.lastIndexOf('/') + 1);
  const start = word.slice(folder.length);
  const place = folder.startsWith('~/') ? path.join(homedir(), folder.slice(2)) : path.resolve(directory, folder);
  return entriesOf(place)
    .filter(({ name }) => name.startsWith(start) && (start.startsWith('.') || !name.startsWith('.')))
    .filter(({ name }) => !/[\s'"\\;]/.test(name) && stripControls(name) === name)
    .slice(0, MAXIMUM_OFFERED)
    .map((entry) => `${folder}${entry.name}${entry.isDirectory() ? '/' : ''}`);
}

function entriesOf(folder: string): readonly Dirent[] {
  const found: Dirent[] = [];
  try {
    const open = opendirSync(folder);
    try {
      for (let entry = open.readSync(); entry !== null && found.length < MAXIMUM_ENTRIES; entry = open.readSync())
        found.push(entry);
    } finally {
      open.closeSync();
    }
  } catch {
    // A folder that cannot be read has nothing to offer.
  }
  return found;
}

/** Commands that make sense without a running server: full name, alias, and how much of the name is enough to be meant. */
const STARTING = [
  { name: 'new-session', alias: 'new', enough: 5 },
  // What was kept may come back.
  { name: 'attach-session', alias: 'at', enough: 2 },
  { name: 'start-server', alias: 'start', enough: 2 },
  { name: 'list-commands', alias: 'lscm', enough: 7 },
  { name: 'list-keys', alias: 'lsk', enough: 6 },
  { name: 'help', alias: 'help', enough: 2 },
  { name: 'doctor', alias: 'doctor', enough: 2 },
] as const;

/** Whether the client starts a server for the words of its command line; all others need one that runs. */
export function startsServer(words: readonly string[]): boolean {
  if (words.length === 0) return true;
  let first = true;
  for (const word of words) {
    const ends = word.endsWith(';') && !word.endsWith('\\;');
    if (first && word !== ';' && isStarting(ends ? word.slice(0, -1) : word)) return true;
    first = ends;
  }
  return false;
}

const isStarting = (word: string): boolean =>
  STARTING.some(({ name, alias, enough }) => word === alias || (word.length >= enough && name.startsWith(word)));

/** Columns that a name may have at most, unless the option `name_max_length` says otherwise. */
export const NAME_LENGTH = 20;

const ALLOWED = /^[A-Za-z0-9_-]+$/;

/**
 * Why `name` cannot be a session's name, as a sentence for the person; undefined when it can.
 * @param isTaken whether another session has the name
 */
export function nameProblem(
  name: string,
  isTaken: (name: string) => boolean,
  maximum: number = NAME_LENGTH,
): string | undefined {
  if (name === '') return 'a session name cannot be empty';
  if (!ALLOWED.test(name)) {
    const stranger = [...name].find((character) => !ALLOWED.test(character)) ?? '';
    return `a session name has only letters, digits, - and _, not ${spell(stranger)}`;
  }
  if (name.length > maximum) return `a session name has at most ${maximum} characters, this one has ${name.length}`;
  if (isTaken(name)) return `duplicate session: ${name} (there is a session named ${name} already)`;
  return undefined;
}

/** The name of a new program: its command and directory (`zsh-src`), fitted and made unique by a number. */
export function automaticName(
  command: string,
  directory: string,
  isTaken: (name: string) => boolean,
  maximum: number = NAME_LENGTH,
): string {
  const program = clean(lastPart(firstWord(command)).replace(/^-/, '')) || 'session';
  const folder = clean(lastPart(directory));
  return freeName(fit(program, folder, maximum), isTaken, maximum);
}

/** A name as it is, or with the lowest number from 2 on that nobody has; it gives up its last words for the number. */
export function freeName(name: string, isTaken: (name: string) => boolean, maximum: number = NAME_LENGTH): string {
  for (let number = 1; ; number++) {
    const suffix = number === 1 ? '' : `-${number}`;
    const candidate = `${wholeWords(name, Math.max(1, maximum - suffix.length))}${suffix}`;
    if (!isTaken(candidate)) return candidate;
  }
}

/** As many words as fit, or the beginning of the only one. */
function wholeWords(name: string, length: number): string {
  const kept = name.slice(0, length);
  const end = name.length > length && name.charAt(length) !== '-' ? kept.lastIndexOf('-') : -1;
  return (end > 0 ? kept.slice(0, end) : kept).replace(/-+$/, '');
}

/** Both parts within `maximum`: the directory gives way first, the command keeps at least half. */
function fit(program: string, folder: string, maximum: number): string {
  if (folder === '') return program.slice(0, maximum);
  const kept = program.slice(0, Math.max(Math.ceil(maximum / 2), maximum - folder.length - 1));
  const room = maximum - kept.length - 1;
  return room < 1 ? kept.slice(0, maximum) : `${kept}-${folder.slice(0, room)}`.replace(/-+$/, '');
}

/** The program that a command line runs: without variables before it and without `exec`. */
function firstWord(command: string): string {
  const words = command.slice(0, 4096).trim().split(/\s+/);
  return words.find((word) => word !== 'exec' && !/^[A-Za-z_][A-Za-z0-9_]*=/.test(word)) ?? '';
}

const lastPart = (path: string): string => path.slice(path.replace(/\/+$/, '').lastIndexOf('/') + 1);

const clean = (text: string): string =>
  text
    .slice(0, 256)
    .normalize('NFKD')
    .replace(/[\u0300-\u036f'"/]/g, '')
    .replace(/[^A-Za-z0-9_-]+/g, '-')
    .replace(/^-+|-+$/g, '');

function spell(character: string): string {
  if (character === ' ') return 'a blank';
  const code = character.codePointAt(0) ?? 0;
  return code < 0x20 || (code >= 0x7f && code < 0xa0) ? 'a control character' : `"${character}"`;
}

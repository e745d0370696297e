import path from 'node:path';
import { shorten } from '../text/cut.ts';
import { INTERPRETERS, programRisk, RISKY_ARGUMENTS } from './risky-programs.ts';
import { isGuardedPath, isSecretPath } from './secret-path.ts';
import { isRedirection, type ShellToken, type ShellWord, shellTokens } from './shell-words.ts';
import { below } from './tool-path.ts';
import { pathsInWord } from './word-paths.ts';

/** Units shown of a text from outside. */
const SHOWN = 60;

interface CommandPlace {
  readonly workingDirectory: string;
  readonly sessionFolder: string;
}

/** What a person cannot see in a line, or takes for a blank, or what a terminal obeys. */
const UNSEEN = /[\0-\x08\x0b-\x1f\x7f-\x9f\p{Cf}\p{Zl}\p{Zp}\p{Cs}\u115f\u1160\u3164\uffa0]|(?! )\p{Zs}/u;
const ASSIGNMENT = /^[A-Za-z_]\w*(?:\[[^\]]*\])?\+?=/;
/** Modules that `python -m` runs as programs of their own, without code in their arguments. */
const PYTHON_MODULES =
  /^(?:pytest|unittest|doctest|mypy|black|ruff|flake8|pylint|isort|compileall|coverage|pip|venv|build)$/;
const MAXIMUM_WORDS = 300;
/** Redirections that only read, or write to a descriptor or a file that is checked as a path. */
const PLAIN_REDIRECTIONS = new Set(['<', '>', '>>', '>|', '&>', '&>>', '>&', '<&']);

/**
 * Why a command asks although commands are trusted, as the end of a sentence; undefined for one simple command that
 * stays in the working directory. What cannot be read for sure asks.
 */
export function commandRisk(command: string, place: CommandPlace): string | undefined {
  if (UNSEEN.test(command)) return 'has characters that cannot be seen';
  const tokens = shellTokens(command.replace(/\n+$/, ''));
  if (tokens === undefined) return 'has a quote or escape without an end';
  if (tokens.length > MAXIMUM_WORDS) return 'is too long to be judged';
  const split = splitRedirections(tokens);
  if (typeof split === 'string') return split;
  const { words, targets } = split;
  const [first, ...args] = words;
  if (first === undefined) return 'has no program to run';
  return (
    [...words, ...targets].map(expansionRisk).find((why) => why !== undefined) ??
    (ASSIGNMENT.test(first.raw) ? 'sets variables for a command' : undefined) ??
    (first.glob ? 'has a pattern for its program' : undefined) ??
    programRisk(baseName(first.text)) ??
    interpreterRisk(baseName(first.text), args) ??
    argumentRisk(baseName(first.text), args) ??
    destructionRisk(baseName(first.text), args, place) ??
    [...words, ...targets].map((word) => pathRisk(word, place)).find((why) => why !== undefined)
  );
}

/** The words of the command and the files of its redirections; or why it is more than a simple command. */
function splitRedirections(
  tokens: readonly ShellToken[],
): { readonly words: readonly ShellWord[]; readonly targets: readonly ShellWord[] } | string {
  const words: ShellWord[] = [];
  const targets: ShellWord[] = [];
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens[at];
    if (token === undefined) break;
    if (token.kind === 'word') {
      words.push(token);
      continue;
    }
    if (!isRedirection(token))
      return `runs more than one command, or one in the background (${operatorName(token.text)})`;
    if (token.text.startsWith('<<')) return 'has a here-document';
    const target = tokens[at + 1];
    if (!PLAIN_REDIRECTIONS.has(token.text) || target?.kind !== 'word') return `has a redirection (${token.text})`;
    at += 1;
    const isDescriptor = token.text.endsWith('&') && /^(?:\d+-?|-)$/.test(target.raw);
    if (!isDescriptor) targets.push(target);
  }
  return { words, targets };
}

function expansionRisk(word: ShellWord): string | undefined {
  // `su$'\0'do` is sudo to bash.
  if (/[\0-\x08\x0b-\x1f\x7f]/.test(word.text)) return 'has characters that cannot be seen';
  if (word.expands) return 'has a part that the shell replaces ($ or `)';
  if (word.brace && word.raw !== '{}') return 'has braces that the shell replaces';
  if (word.tilde) return 'reaches outside of the working directory (~)';
  return undefined;
}

function interpreterRisk(name: string, args: readonly ShellWord[]): string | undefined {
  const interpreter = INTERPRETERS.find((each) => each.name.test(name));
  if (interpreter === undefined) return undefined;
  if (args.length === 0) return `runs what it reads (${name})`;
  const harmless = args.findIndex(({ text }) => !interpreter.harmless.test(text));
  const next = args[harmless]?.text;
  if (next === '-m' && PYTHON_MODULES.test(args[harmless + 1]?.text ?? '')) return undefined;
  return next === undefined || !/^[-+]/.test(next)
    ? undefined
    : `has code in its arguments (${name} ${shorten(next, SHOWN)})`;
}

function argumentRisk(name: string, args: readonly ShellWord[]): string | undefined {
  for (const { name: program, words, why } of RISKY_ARGUMENTS)
    if (program.test(name) && args.some(({ text }) => words.test(text))) return why;
  if (name === 'git') return gitRisk(args.map(({ text }) => text));
  if (name === 'sed' || name === 'gsed') return sedRisk(args);
  return undefined;
}

/** Options that lose work or overwrite what others have, each for some of git's commands. */
const GIT_LOSSES: readonly (readonly [RegExp, RegExp])[] = [
  [/^push$/, /^(?:-[a-zA-Z]*[fd][a-zA-Z]*|--(?:f|m|del|pru|exec|rec).*|\+.*|:.*)$/],
  [/^(?:branch|tag)$/, /^(?:-[a-zA-Z]*[dDfM].*|--(?:del|for|mov).*)$/],
  [/^stash$/, /^(?:drop|clear)$/],
  [/^checkout$/, /^(?:--|\.|:.*|-[a-zA-Z]*[fB].*|--for.*|--ours|--theirs)$/],
  [/^(?:restore|switch|reset|rebase|rm)$/, /^(?:\.|:.*|-[a-zA-Z]*[fC].*|--(?:for|dis|har|mer|kee).*)$/],
];

const gitRisk = (args: readonly string[]): string | undefined =>
  GIT_LOSSES.some(([name, loss]) => args.some((arg) => name.test(arg)) && args.some((arg) => loss.test(arg)))
    ? 'may lose work, or overwrite what others have (git)'
    : undefined;

/** sed's scripts can run commands and write files: only printing, deleting and plain replacing is let through. */
function sedRisk(args: readonly ShellWord[]): string | undefined {
  const plain =
    /^(?:[\d$]+(?:,[\d$]+)?[pdq]|s([/|#,])(?:(?!\1)[^\n\\]|\\[^\n])*\1(?:(?!\1)[^\n\\]|\\[^\n])*\1[gpiI\d]*)$/;
  const scripts = args.filter(({ text }, index) => {
    const before = args[index - 1]?.text;
    return !text.startsWith('-') && (before === '-e' || args.slice(0, index).every((arg) => arg.text.startsWith('-')));
  });
  const options = args.filter(({ text }) => text.startsWith('-'));
  const safe =
    options.every(({ text }) => /^(?:-[nErsue]|-nE|-ne|-i|--quiet|--silent|--posix|--sandbox)$/.test(text)) &&
    scripts.every(({ text }) => plain.test(text));
  return safe ? undefined : 'may run another command or write a file (sed)';
}

/** Removing the working directory itself, or all that is in it. */
function destructionRisk(name: string, args: readonly ShellWord[], place: CommandPlace): string | undefined {
  if (!['rm', 'rmdir', 'unlink', 'mv', 'trash'].includes(name)) return undefined;
  const recursive = name === 'rm' && args.some(({ text }) => /^-(?:[a-zA-Z]*[rR]|-r)/.test(text));
  const wide = args.find(
    ({ text, glob }) =>
      !text.startsWith('-') &&
      ((glob && (recursive || /^(?:\.?\/)*[.*?]+\/?$/.test(text))) ||
        below(place.workingDirectory, path.resolve(place.workingDirectory, text)) !== undefined),
  );
  return wide === undefined ? undefined : `removes or moves everything here (${name} ${shorten(wide.text, SHOWN)})`;
}

/** By the text alone; where links lead is in the call's paths. */
function pathRisk({ text }: ShellWord, place: CommandPlace): string | undefined {
  for (const candidate of pathsInWord(text)) {
    const absolute = path.resolve(place.workingDirectory, candidate);
    const inside = [place.workingDirectory, place.sessionFolder].some(
      (folder) => below(absolute, folder) !== undefined,
    );
    const looksLikePath = candidate.startsWith('/') || candidate.split('/').includes('..');
    if (looksLikePath && !inside && absolute !== '/dev/null')
      return `reaches outside of the working directory (${shorten(candidate, SHOWN)})`;
    if (absolute === '/dev/null' || below(absolute, place.sessionFolder) !== undefined) continue;
    if (isSecretPath(absolute, below(absolute, place.workingDirectory)))
      return `touches what may be secret (${shorten(candidate, SHOWN)})`;
    if (isGuardedPath(absolute)) return `touches what runs by itself (${shorten(candidate, SHOWN)})`;
  }
  return undefined;
}

const baseName = (program: string): string => program.slice(program.lastIndexOf('/') + 1).toLowerCase();

const operatorName = (operator: string): string => (operator === '\n' ? 'a new line' : operator);

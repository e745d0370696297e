import { lstat, opendir } from 'node:fs/promises';
import path from 'node:path';
import { nameMatcher } from './glob-pattern.ts';
import { isRedirection, type ShellWord, shellTokens } from './shell-words.ts';
import type { Access, ToolPlace } from './tool.ts';
import { resolveLinks } from './tool-path.ts';
import { pathsInWord } from './word-paths.ts';

/** Words that are looked at; permission asks for a command with more anyway. */
const MAXIMUM_WORDS = 500;
/** Names, and directory entries that fit its patterns, which are looked at for one command. */
const MAXIMUM_LOOKS = 5000;

type Paths = Access['paths'];

/**
 * The files that the words of a command name, with links resolved, which permission cannot do by the text alone. What
 * a pattern matches is among them; one that matches too much stands for the whole machine. Never rejects.
 */
export async function commandPaths(
  command: string,
  place: Pick<ToolPlace, 'workingDirectory' | 'home'>,
): Promise<Paths> {
  const found = new Map<string, boolean>();
  const budget = { looks: MAXIMUM_LOOKS };
  let target = false;
  for (const token of (shellTokens(command) ?? []).slice(0, MAXIMUM_WORDS)) {
    if (token.kind === 'operator') {
      target = isRedirection(token) && token.text !== '<';
      continue;
    }
    for (const resolved of await wordFiles(token, target, place, budget))
      found.set(resolved, (found.get(resolved) ?? false) || target);
    target = false;
  }
  if (budget.looks < 0) found.set('/', false);
  return [...found].map(([each, write]) => ({ path: each, write }));
}

async function wordFiles(
  word: ShellWord,
  target: boolean,
  { workingDirectory, home }: Pick<ToolPlace, 'workingDirectory' | 'home'>,
  budget: { looks: number },
): Promise<readonly string[]> {
  const files: string[] = [];
  for (const candidate of pathsInWord(word.text)) {
    budget.looks -= 1;
    if (budget.looks < 0) return files;
    if (candidate.length > 4096) continue;
    const named = word.tilde && /^~(?:\/|$)/.test(candidate) ? home + candidate.slice(1) : candidate;
    const absolute = named.startsWith('/') ? named : `${workingDirectory}/${named}`;
    for (const each of word.glob ? await expandGlob(absolute, budget) : [absolute]) {
      const resolved = await resolveLinks(each).catch(() => '/');
      if (target || resolved !== path.resolve(each) || (await exists(resolved))) files.push(resolved);
    }
  }
  return files;
}

/** What a pattern of file names stands for, as the shell has it: names with a leading dot only where it says so. */
async function expandGlob(pattern: string, budget: { looks: number }): Promise<readonly string[]> {
  let folders = ['/'];
  for (const name of pattern.split('/').filter((each) => each !== '')) {
    if (!/[*?[]/.test(name)) {
      // Not joined: `link/..` is not what it looks like.
      folders = folders.map((folder) => `${folder}/${name}`);
      continue;
    }
    const fits = nameMatcher(name);
    const next: string[] = [];
    for (const folder of folders) {
      const entries = await opendir(folder).catch(() => undefined);
      if (entries === undefined) continue;
      for await (const entry of entries) {
        budget.looks -= 1;
        if (budget.looks < 0) return [];
        if ((name.startsWith('.') || !entry.name.startsWith('.')) && fits(entry.name))
          next.push(`${folder}/${entry.name}`);
      }
    }
    folders = next;
  }
  return folders;
}

async function exists(file: string): Promise<boolean> {
  return await lstat(file).then(
    () => true,
    () => false,
  );
}

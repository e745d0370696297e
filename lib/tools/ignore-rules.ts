import { closeSync, constants, existsSync, fstatSync, openSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ignore, { type Ignore } from 'ignore';

/** Bytes of one .gitignore. */
const MAXIMUM_RULES = 256 * 1024;
/** Groups of stars in one rule: one with more is left out, for a name could be made with which it takes forever. */
const MAXIMUM_STARS = 4;

/** The rules of git that one folder has, for all that lies in it. */
export interface IgnoreRules {
  readonly base: string;
  readonly rules: Ignore;
}

/** The rules that a repository has above a folder; none outside of repositories. */
export function rulesAbove(folder: string): readonly IgnoreRules[] {
  const folders: string[] = [];
  for (let current = folder; ; current = path.dirname(current)) {
    if (current !== folder) folders.unshift(current);
    if (existsSync(path.join(current, '.git'))) {
      const levels: IgnoreRules[] = [];
      const exclude = rulesOf(current, '.git/info/exclude');
      if (exclude !== undefined) levels.push({ base: current, rules: exclude });
      for (const base of folders) {
        const rules = rulesOf(base, '.gitignore');
        if (rules !== undefined) levels.push({ base, rules });
      }
      return levels;
    }
    if (current === path.dirname(current)) return [];
  }
}

function rulesOf(folder: string, name: string): Ignore | undefined {
  let descriptor: number | undefined;
  try {
    const { O_RDONLY, O_NONBLOCK, O_NOFOLLOW } = constants;
    descriptor = openSync(path.join(folder, name), O_RDONLY | O_NONBLOCK | O_NOFOLLOW);
    const stat = fstatSync(descriptor);
    if (!stat.isFile() || stat.size > MAXIMUM_RULES) return undefined;
    const lines = readFileSync(descriptor, 'utf8').split('\n');
    return ignore().add(lines.filter((line) => (line.match(/\*+/g)?.length ?? 0) <= MAXIMUM_STARS));
  } catch {
    return undefined;
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

/** The rules for what lies in `folder`: those above it, and its own .gitignore. */
export function withRules(above: readonly IgnoreRules[], folder: string): readonly IgnoreRules[] {
  const rules = rulesOf(folder, '.gitignore');
  return rules === undefined ? above : [...above, { base: folder, rules }];
}

/** As git decides: the innermost rules that say anything of it. */
export function isIgnored(levels: readonly IgnoreRules[], file: string, isFolder: boolean): boolean {
  for (const { base, rules } of [...levels].reverse()) {
    const relative = path.relative(base, file);
    const { ignored, unignored } = rules.test(isFolder ? `${relative}/` : relative);
    if (ignored || unignored) return ignored;
  }
  return false;
}

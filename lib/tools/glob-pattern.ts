type Part =
  | { readonly kind: 'many' | 'one' }
  | { readonly kind: 'unit'; readonly unit: string }
  | { readonly kind: 'set'; readonly negated: boolean; readonly ranges: readonly (readonly [string, string])[] };

/** Alternatives that the braces of one pattern may become. */
const MAXIMUM_ALTERNATIVES = 100;

/** Whether a name (no path) fits a pattern of `*`, `?` and `[…]`; in time of at most their lengths' product. */
export function nameMatcher(pattern: string): (name: string) => boolean {
  const parts = partsOf(pattern);
  return (name) => matchesWild(parts, [...name], (part) => part.kind === 'many', fits);
}

/**
 * Whether a relative path fits a glob: `*`, `?`, `[…]` within a name, `**` for any folders, `{a,b}` for either. A glob
 * without `/` fits a name in any folder. Undefined for braces that make too many.
 */
export function globMatcher(glob: string): ((path: string) => boolean) | undefined {
  const alternatives = expandBraces(glob.replace(/^\.?\/+/, ''));
  if (alternatives === undefined) return undefined;
  const matchers = alternatives.map((alternative) => {
    const pattern = alternative.includes('/') ? alternative : `**/${alternative}`;
    // A folder itself stands for all that lies in it.
    const names = (pattern.endsWith('/') ? `${pattern}**` : pattern).split('/').filter((name) => name !== '');
    return names.map((name) => (name === '**' ? undefined : nameMatcher(name)));
  });
  return (path) => {
    const names = path.split('/');
    return matchers.some((parts) =>
      matchesWild(
        parts,
        names,
        (part) => part === undefined,
        (part, name) => part?.(name) ?? true,
      ),
    );
  };
}

/**
 * Whether `items` fit `parts`, of which wild ones stand for any number of items. Only the last wild part met is ever
 * tried again, which is enough, and keeps hostile patterns from taking exponential time.
 */
function matchesWild<P, T>(
  parts: readonly P[],
  items: readonly T[],
  isWild: (part: P) => boolean,
  fitsPart: (part: P, item: T) => boolean,
): boolean {
  let part = 0;
  let item = 0;
  let wild = -1;
  let wildItem = 0;
  while (item < items.length) {
    const current = parts[part] as P;
    if (part < parts.length && isWild(current)) {
      wild = part;
      wildItem = item;
      part += 1;
    } else if (part < parts.length && fitsPart(current, items[item] as T)) {
      part += 1;
      item += 1;
    } else if (wild >= 0) {
      wildItem += 1;
      item = wildItem;
      part = wild + 1;
    } else return false;
  }
  while (part < parts.length && isWild(parts[part] as P)) part += 1;
  return part === parts.length;
}

function fits(part: Part, unit: string): boolean {
  switch (part.kind) {
    case 'unit':
      return part.unit === unit;
    case 'set':
      return part.ranges.some(([low, high]) => low <= unit && unit <= high) !== part.negated;
    default:
      return true;
  }
}

function partsOf(pattern: string): readonly Part[] {
  const parts: Part[] = [];
  const units = [...pattern];
  for (let at = 0; at < units.length; at += 1) {
    const unit = units[at] ?? '';
    if (unit === '*') {
      if (parts.at(-1)?.kind !== 'many') parts.push({ kind: 'many' });
    } else if (unit === '?') parts.push({ kind: 'one' });
    else if (unit === '\\' && at + 1 < units.length) {
      at += 1;
      parts.push({ kind: 'unit', unit: units[at] ?? '' });
    } else if (unit === '[') {
      const set = setAt(units, at);
      parts.push(set?.part ?? { kind: 'unit', unit });
      if (set !== undefined) at = set.end;
    } else parts.push({ kind: 'unit', unit });
  }
  return parts;
}

/** The set that begins at `start`, and where its `]` is; undefined for a `[` without one. */
function setAt(units: readonly string[], start: number): { readonly part: Part; readonly end: number } | undefined {
  const negated = units[start + 1] === '!' || units[start + 1] === '^';
  const first = start + (negated ? 2 : 1);
  const ranges: [string, string][] = [];
  for (let at = first; at < units.length; at += 1) {
    const unit = units[at] ?? '';
    if (unit === ']' && at > first) return { part: { kind: 'set', negated, ranges }, end: at };
    const high = units[at + 2];
    if (units[at + 1] === '-' && high !== undefined && high !== ']') {
      ranges.push([unit, high]);
      at += 2;
    } else ranges.push([unit, unit]);
  }
  return undefined;
}

/** Each choice of the braces; undefined when there are too many. */
function expandBraces(glob: string): readonly string[] | undefined {
  const done: string[] = [];
  const waiting = [glob];
  for (let text = waiting.pop(); text !== undefined; text = waiting.pop()) {
    const braces = innerBraces(text);
    if (braces === undefined) done.push(text);
    else
      for (const choice of braces.choices.reverse())
        waiting.push(text.slice(0, braces.start) + choice + text.slice(braces.end));
    if (done.length + waiting.length > MAXIMUM_ALTERNATIVES) return undefined;
  }
  return done;
}

/** The first braces with a comma and without braces in them. */
function innerBraces(
  text: string,
): { readonly start: number; readonly end: number; readonly choices: string[] } | undefined {
  const match = /\{([^{},]*(?:,[^{},]*)+)\}/.exec(text);
  if (match?.[1] === undefined) return undefined;
  return { start: match.index, end: match.index + match[0].length, choices: match[1].split(',') };
}

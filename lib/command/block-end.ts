/** One past the `}` of the `#{` at `start`; -1 when the line ends before. */
export function formatEnd(text: string, start: number): number {
  let depth = 0;
  for (let at = start; at < text.length && text[at] !== '\n'; at++) {
    if (text[at] === '#' && text[at + 1] === '{') {
      depth += 1;
      at += 1;
    } else if (text[at] === '}' && --depth === 0) return at + 1;
  }
  return -1;
}

/** One past the `}` of the `{` at `start`, quotes, escapes, formats and comments heeded; -1 when there is none. */
export function blockEnd(text: string, start: number): number {
  let depth = 0;
  let wordStart = true;
  for (let at = start; at >= 0 && at < text.length; at++) {
    const character = text[at] ?? '';
    if (character === '}' && --depth === 0) return at + 1;
    if (character === '{' && wordStart) {
      depth += 1;
      continue;
    }
    if (character === "'") at = indexOrEnd(text, "'", at + 1);
    else if (character === '"') at = quoteEnd(text, at + 1);
    else if (character === '\\') at += 1;
    else if (character === '#' && text[at + 1] === '{') {
      const end = formatEnd(text, at);
      if (end < 0) return -1;
      at = end - 1;
    } else if (character === '#' && wordStart) at = indexOrEnd(text, '\n', at) - 1;
    else if (character === '$' && text[at + 1] === '{') at = indexOrEnd(text, '}', at);
    wordStart = /[\s;{}]/.test(character);
  }
  return -1;
}

function indexOrEnd(text: string, wanted: string, from: number): number {
  const index = text.indexOf(wanted, from);
  return index < 0 ? text.length : index;
}

function quoteEnd(text: string, from: number): number {
  let at = from;
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return at;
}

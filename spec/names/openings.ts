import { readFileSync } from 'node:fs';
import path from 'node:path';
import { conversationType } from '../../lib/conversation/conversation-type.ts';
import { conversationName } from '../../lib/conversation/namer.ts';
import type { SessionType } from '../../lib/conversation/session-type.ts';

/** How a conversation began, with what a good name holds some of; without words there is nothing to name it by. */
interface Opening {
  readonly messages: readonly string[];
  readonly type: SessionType;
  readonly words: readonly string[];
}

/** One opening with what was made of it. */
export interface Judged extends Opening {
  readonly name: string | undefined;
  readonly foundType: SessionType;
  readonly isDescriptive: boolean;
}

/** The labelled openings of a part; nothing is to be tuned by those of `judge`. */
export function judgeOpenings(part: 'build' | 'judge'): readonly Judged[] {
  const file = path.resolve(import.meta.dirname, `../../../spec/names/openings-${part}.json`);
  const openings: readonly Opening[] = JSON.parse(readFileSync(file, 'utf8'));
  return openings.map((opening) => {
    const name = conversationName(opening.messages, 20);
    return {
      ...opening,
      name,
      foundType: conversationType(opening.messages),
      isDescriptive: isDescriptive(name, opening),
    };
  });
}

/** The share of those that are right, from 0 to 1. */
export const share = (judged: readonly Judged[], isRight: (one: Judged) => boolean): number =>
  judged.filter(isRight).length / judged.length;

/** It holds two of the words, or one where there is no other, and they are at least half of it. */
function isDescriptive(name: string | undefined, { words, messages }: Opening): boolean {
  if (words.length === 0) return name === undefined;
  const parts = name?.split('-') ?? [];
  const held = parts.filter((part) => words.some((word) => plain(word) === plain(part))).length;
  return held >= Math.min(2, words.length, messages.join(' ').split(/\s+/).length) && held * 2 >= parts.length;
}

const plain = (word: string): string => word.replace('+', '').replace(/s$/, '');

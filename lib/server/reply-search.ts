import type { KeptPlace } from '../command/archive.ts';
import { isChat } from '../session/chat.ts';
import type { Session } from '../session/session.ts';
import { matchesIn, wordsOf } from './program-search.ts';

/** Units of a reply that are looked at, its newest. */
const MAXIMUM_TEXT = 500_000;
/** Units before a match that are shown, of the excerpt, and of a preview. */
const BEFORE = 30;
const EXCERPT = 120;
const AROUND = 1000;

/** The replies that stream now, or wait for their tools, and have the words: the database indexes a reply with its end. */
export function searchReplies(sessions: readonly Session[], text: string): readonly KeptPlace[] {
  const words = wordsOf(text);
  if (words.length === 0) return [];
  return sessions.flatMap((session): readonly KeptPlace[] => {
    const reply = isChat(session) && session.isAwake ? session.conversation.reply : undefined;
    if (reply === undefined || reply.text.length === 0) return [];
    const said = reply.text.since(reply.text.length - MAXIMUM_TEXT);
    const lower = said.toLowerCase();
    if (!words.every((word) => lower.includes(word))) return [];
    const first = Math.min(...words.map((word) => lower.lastIndexOf(word)));
    const excerpt = said
      .slice(Math.max(0, first - BEFORE))
      .slice(0, EXCERPT)
      .replace(/\s+/g, ' ')
      .trim();
    const place = {
      id: undefined,
      kind: session.kind,
      session: session.name,
      isOpen: true,
      openAs: session.id,
      time: session.lastActivity,
      message: reply.id,
      excerpt,
      matches: matchesIn(excerpt, words),
      around: said.slice(Math.max(0, first - AROUND / 2)).slice(0, AROUND),
    };
    return [place];
  });
}

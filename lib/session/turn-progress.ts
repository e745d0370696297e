import type { TurnEvent } from '../conversation/turn-event.ts';
import type { Connection } from './chat.ts';

/** How the running turn goes, as its chat shows it. */
export type TurnProgress =
  | { readonly kind: 'connecting' | 'thinking' | 'streaming' | 'tools' }
  /** It waits for the end of a pause. */
  | { readonly kind: 'held' }
  | { readonly kind: 'queued'; readonly ahead: number }
  /** The model writes a call: so many units of arguments so far. */
  | { readonly kind: 'calling'; readonly name: string; readonly length: number }
  /** `at` in milliseconds since the epoch. */
  | { readonly kind: 'reconnecting'; readonly attempt: number; readonly at: number; readonly why: string }
  | { readonly kind: 'summarising'; readonly messages: number };

/** The progress after an event. Pure. */
export function progressAfter(progress: TurnProgress, event: TurnEvent): TurnProgress {
  switch (event.type) {
    case 'queued':
      return { kind: 'queued', ahead: event.ahead };
    case 'started':
      return progress.kind === 'summarising' ? progress : { kind: 'connecting' };
    case 'reasoning':
      return { kind: 'thinking' };
    case 'delta':
      return progress.kind === 'streaming' ? progress : { kind: 'streaming' };
    case 'calling':
      return { kind: 'calling', name: event.name, length: event.length };
    case 'retrying':
      return { kind: 'reconnecting', attempt: event.attempt, at: event.at, why: firstSentence(event.failure.text) };
    case 'call':
    case 'usage':
    case 'done':
    case 'failed':
    case 'aborted':
      return progress;
  }
}

/** How the chat stands with its endpoint meanwhile. */
export function connectionDuring(progress: TurnProgress): Connection {
  switch (progress.kind) {
    case 'queued':
    case 'connecting':
    case 'summarising':
      return { kind: 'connecting' };
    case 'reconnecting':
      return { kind: 'reconnecting', attempt: progress.attempt };
    case 'thinking':
    case 'streaming':
    case 'calling':
      return { kind: 'streaming' };
    case 'tools':
    case 'held':
      return { kind: 'connected' };
  }
}

/** What happened, without what to do: qmux does it. */
const firstSentence = (text: string): string => /^.*?\.(?=\s|$)/.exec(text)?.[0] ?? text;

import type { GuideHelp } from './guide-help.ts';
import type { GuideReply, ToolOutcome } from './guide-reply.ts';

/** What a step of a show may look at. */
interface ShowPlace {
  readonly help: GuideHelp;
  /** What the calls of the step before gave back; empty in the first step. */
  readonly outcomes: readonly ToolOutcome[];
  /** How often this very request was made before, by a retry. */
  readonly attempt: number;
}

/** Something that the guide shows, as a record. A step that makes calls is followed by the next one with their results. */
export interface GuideShow {
  /** One word, as it stands in the ids of its calls. */
  readonly name: string;
  /** What the person types. */
  readonly ask: string;
  /** Other words for it. */
  readonly words: readonly string[];
  readonly summary: string;
  readonly tools: readonly string[];
  readonly steps: readonly ((place: ShowPlace) => GuideReply)[];
}

import { say } from './guide-reply.ts';
import { SLOW_SAMPLE, STREAMING_SAMPLE } from './guide-samples.ts';
import type { GuideShow } from './guide-show.ts';
import { TOOL_SHOWS } from './guide-tool-shows.ts';
import type { TurnFailure } from './turn-event.ts';

const FAILURE: TurnFailure = {
  kind: 'bad-request',
  text: 'This is the failure that you asked the guide to show; nothing is broken.',
  retryable: false,
  retryAfter: undefined,
};
const CUT: TurnFailure = {
  kind: 'cut',
  text: 'The connection broke amid the reply; the guide was asked to show that.',
  retryable: true,
  retryAfter: undefined,
};
/** Attempts of `show reconnect` that are cut. */
const CUTS = 2;

const streaming: GuideShow = {
  name: 'streaming',
  ask: 'show streaming',
  words: ['markdown', 'stream', 'highlighting', 'formatting', 'table', 'tables', 'code'],
  summary: 'a long reply with everything that Markdown has',
  tools: [],
  steps: [() => say(STREAMING_SAMPLE)],
};

/** The question of `show question`; how the next message is understood when it stands at the end of a reply. */
export const QUESTION = 'Which keys do your fingers know?\n\n1. tmux\n2. screen\n3. zellij\n4. none of them';

const question: GuideShow = {
  name: 'question',
  ask: 'show question',
  words: ['questions', 'ask'],
  summary: 'a reply that ends with a question to you',
  tools: [],
  steps: [() => say(`A model may ask back; the session then waits for you. So do I:\n\n${QUESTION}`)],
};

const failure: GuideShow = {
  name: 'failure',
  ask: 'show failure',
  words: ['fail', 'failing', 'error', 'errors', 'trouble'],
  summary: 'a turn that fails; `/retry` goes on',
  tools: [],
  steps: [
    ({ attempt }) =>
      attempt === 0
        ? {
            ...say('This reply will not come to its end, as when a key is wrong or a model is gone. What came so far'),
            failure: FAILURE,
          }
        : say(
            'And this is the second attempt, which works. A failed turn leaves what had come, says why, and loses nothing ' +
              'of what you typed; `/retry` makes the request again.',
          ),
  ],
};

const reconnect: GuideShow = {
  name: 'reconnect',
  ask: 'show reconnect',
  words: ['reconnecting', 'reconnection', 'retry', 'retries', 'cut'],
  summary: 'a connection that breaks twice, and is tried again',
  tools: [],
  steps: [
    ({ attempt }) =>
      attempt < CUTS
        ? { ...say(`Attempt ${attempt + 1}: the line is cut in the midst of this sen`), failure: CUT }
        : say(
            `Attempt ${attempt + 1} came through. Between attempts qmux waited a little longer each time, showed ` +
              '`reconnecting`, and gave its place to other chats. What had come before stays above, and is not sent again.',
          ),
  ],
};

const slow: GuideShow = {
  name: 'slow',
  ask: 'show slow',
  words: ['slowly', 'slow streaming', 'steering', 'steer', 'queue', 'queueing', 'stopping', 'stop'],
  summary: 'a slow reply of a minute: try to steer, to queue and to stop it',
  tools: [],
  steps: [({ help }) => ({ ...say(help.fill(SLOW_SAMPLE)), pace: 'slow' })],
};

/** Everything that the guide can show. */
export const GUIDE_SHOWS: readonly GuideShow[] = [...TOOL_SHOWS, streaming, question, slow, failure, reconnect];

const WISH =
  /^(?:please )?(?:(?:can|could) you )?(?:show|demo|demonstrate|give|do|start|run|try|take)(?: me)?(?: an?| the| your| some)? (.+?)(?: demo)?(?: please)?[.!?]*$/;

/** The show that a person asks for; undefined when it is a question or something else. */
export function findShow(text: string): GuideShow | undefined {
  if (text.length > 100) return undefined;
  const plain = text
    .trim()
    .toLowerCase()
    .replaceAll(/\s+/g, ' ')
    .replace(/[.!?]+$/, '');
  const wish = WISH.exec(plain)?.[1];
  return GUIDE_SHOWS.find(
    ({ name, ask, words }) =>
      plain === ask ||
      (wish !== undefined && (wish === name || words.includes(wish))) ||
      (name === 'tour' && words.includes(plain)),
  );
}

import { createHash } from 'node:crypto';
import type { GuideCommand, GuideHelp, GuideOption } from './guide-help.ts';
import { type GuideReply, type GuideTurn, report, say, type ToolOutcome } from './guide-reply.ts';
import { type GuideFindings, keysNamed, namedInFull, searchHelp } from './guide-search.ts';
import type { GuideShow } from './guide-show.ts';
import { findShow, GUIDE_SHOWS, QUESTION } from './guide-shows.ts';
import { smallTalk } from './guide-small-talk.ts';
import { summaryOf } from './guide-summary.ts';
import { meaningsOf } from './guide-words.ts';
import type { ModelMessage, TurnRequest } from './model.ts';
import { CUT_SHORT, GO_ON, SUMMARY } from './request.ts';

const WHO = "I am no language model, but qmux's built-in guide";

/** Begins the first reply of a conversation. */
const INTRODUCTION = `*${WHO}: I know qmux, and nothing else.* For a model that can do real work, set one up in your
shell and type \`qmux\` there again; it answers from your next message on:

\`\`\`sh
export OPENAI_API_KEY=...   # or [providers.NAME] in config.toml
ollama serve                # or a local server, which is found by itself
\`\`\`

---`;

/** Questions that one turn answers at most, when several were sent. */
const MOST_QUESTIONS = 5;

/** What the guide is to answer now, taken out of a request. */
interface Situation {
  /** Messages of the person since the last reply. */
  readonly questions: readonly string[];
  readonly outcomes: readonly ToolOutcome[];
  /** The show and the step that made the calls. */
  readonly show: { readonly show: GuideShow; readonly step: number } | undefined;
  /** The reply before, as far as it matters: whether it ended with our question. */
  readonly asked: boolean;
  /** The beginning of this very reply, which was cut; undefined when it was not. */
  readonly partial: string | undefined;
  readonly introduced: boolean;
}

/** The reply to a request, without the model's memory: `attemptOf` says how often a request of that key was made. */
export function answer(request: TurnRequest, help: GuideHelp, attemptOf: (key: string) => number): GuideTurn {
  const summary = summaryOf(request);
  if (summary !== undefined) return { ...say(summary), show: '', step: 0 };
  const situation = read(request.messages);
  const reply = compose(situation, request, help, attemptOf);
  const text = situation.introduced ? reply.text : `${INTRODUCTION}\n\n${reply.text}`;
  return { ...reply, text: goOn(text, reply.text, situation.partial) };
}

/** A cut reply goes on where it ended; one that turned out otherwise at least does not introduce us again. */
function goOn(whole: string, plain: string, partial: string | undefined): string {
  if (partial === undefined || partial === '') return whole;
  if (whole.startsWith(partial) && whole.length > partial.length) return whole.slice(partial.length);
  return partial.startsWith(INTRODUCTION) ? plain : whole;
}

/** The id of a call by which its show goes on; unique in its conversation. */
export const callId = (show: string, step: number, place: number, index: number): string =>
  `guide-${show}-${step}-${place}-${index}`;

/** The id's show and step, of the reply that made calls. */
function showOf(id: string): Situation['show'] {
  const [, name, step] = /^guide-([a-z]+)-(\d{1,2})-/.exec(id) ?? [];
  const show = GUIDE_SHOWS.find((item) => item.name === name);
  return show === undefined ? undefined : { show, step: Number(step) };
}

function read(messages: readonly ModelMessage[]): Situation {
  let end = messages.length;
  let partial: string | undefined;
  const cutReply = messages[end - 2];
  const last = messages[end - 1];
  if (last?.role === 'user' && last.text === GO_ON && cutReply?.role === 'assistant' && cutReply.calls.length === 0) {
    partial = cutReply.text.replace(CUT_SHORT, '').trimEnd();
    end -= 2;
  }
  let start = end;
  while (start > 0 && messages[start - 1]?.role !== 'assistant') start -= 1;
  const before = messages[start - 1];
  const calls = before?.role === 'assistant' ? before.calls : [];
  const questions: string[] = [];
  const outcomes: ToolOutcome[] = [];
  for (const message of messages.slice(start, end)) {
    if (message.role === 'user' && message.text !== GO_ON && !message.text.startsWith(SUMMARY))
      questions.push(message.text);
    if (message.role !== 'tool') continue;
    outcomes.push({ name: calls.find(({ id }) => id === message.callId)?.name ?? 'a tool', result: message.text });
  }
  return {
    questions,
    outcomes,
    show: showOf(calls[0]?.id ?? ''),
    asked: before?.role === 'assistant' && before.text.trimEnd().endsWith(QUESTION),
    partial,
    introduced: messages
      .slice(0, start)
      .some(({ role, text }) => role === 'assistant' && text.startsWith(INTRODUCTION.slice(0, 40))),
  };
}

function compose(
  situation: Situation,
  request: TurnRequest,
  help: GuideHelp,
  attemptOf: (key: string) => number,
): GuideTurn {
  const { questions, outcomes, show } = situation;
  const parts: string[] = [];
  let next: GuideTurn | undefined;
  const attempt = () => (situation.partial === undefined ? 0 : 1) + attemptOf(requestKey(request));
  if (outcomes.length > 0) {
    const step = show?.show.steps[show.step + 1];
    const told = step?.({ help, outcomes, attempt: 0 }) ?? say(report(outcomes));
    parts.push(told.text);
    if (show !== undefined && told.calls.length > 0) next = { ...told, show: show.show.name, step: show.step + 1 };
  }
  for (const text of questions.slice(-MOST_QUESTIONS)) {
    const wanted = findShow(text);
    if (wanted === undefined || next !== undefined) {
      parts.push(
        wanted === undefined
          ? answerTo(text, situation, help)
          : `I am in the midst of something; then type \`${wanted.ask}\` again.`,
      );
      continue;
    }
    const reply = begin(wanted, request, help, attempt);
    parts.push(reply.text);
    if (reply.calls.length > 0 || reply.failure !== undefined || reply.pace === 'slow')
      next = { ...reply, show: wanted.name, step: 0 };
  }
  if (parts.length === 0) parts.push(answerTo('', situation, help));
  return { ...(next ?? { ...say(''), show: '', step: 0 }), text: parts.join('\n\n') };
}

function begin(show: GuideShow, request: TurnRequest, help: GuideHelp, attempt: () => number): GuideReply {
  const missing = show.tools.filter((name) => !request.tools.some((tool) => tool.name === name));
  if (missing.length > 0)
    return say(`I cannot show that: this chat has no tool ${missing.map((name) => `\`${name}\``).join(', ')}.`);
  const [first] = show.steps;
  const fails = show.name === 'failure' || show.name === 'reconnect';
  return first?.({ help, outcomes: [], attempt: fails ? attempt() : 0 }) ?? say('');
}

/** Tells requests of all conversations apart: the system prompt names the conversation's own folder. */
function requestKey({ system, messages }: TurnRequest): string {
  const hash = createHash('sha256').update(system);
  for (const { role, text } of messages) hash.update(`\0${role}\0`).update(text);
  return hash.digest('base64');
}

/** The answer in Markdown to one message of the person. */
function answerTo(question: string, { asked }: Pick<Situation, 'asked'>, help: GuideHelp): string {
  if (asked) {
    const chosen = chosenKeys(question);
    if (chosen !== undefined) return help.fill(chosen);
  }
  const talk = smallTalk(question, help);
  if (talk !== undefined) return talk;
  const keys = keysNamed(question, help);
  if (keys.length > 0) return keys.map(({ keys: typed, note }) => `${code(typed)}: **${note}**.`).join('\n\n');
  const named = namedInFull(question, help);
  if (named !== undefined) return 'usage' in named ? ofCommand(named) : ofOption(named);
  const found = searchHelp(question, help);
  const text = ofFindings(found);
  return text === '' ? unknown(question, found) : text;
}

/** What the choice of `show question` means; undefined when it is no choice. */
function chosenKeys(text: string): string | undefined {
  const [word = ''] = /\b(tmux|screen|zellij|none|[1-4])\b/.exec(text.slice(0, 100).toLowerCase()) ?? [];
  const name = ['', 'tmux', 'screen', 'zellij', 'none'][Number(word)] ?? word;
  if (name === '') return undefined;
  if (name === 'none')
    return 'Then the first thing to know: [[list-keys -N]] lists all keys, and [[describe-key]] tells what one does.';
  if (name === 'tmux') return 'Then you are at home: the keymap `tmux` is the one in use unless you choose another.';
  return `Then put \`keymap = "${name}"\` into \`~/.config/qmux/config.toml\`, or type [[command-prompt]] and \`set -g keymap ${name}\`.`;
}

function ofCommand({ name, aliases, usage, summary }: GuideCommand): string {
  const where = name.startsWith('/')
    ? 'It is typed into the composer of a chat.'
    : `From a shell: \`qmux ${name}\`; in the prompt and in bindings without \`qmux\`.`;
  const also = aliases.length === 0 ? '' : ` (${aliases.join(', ')})`;
  return `**${name}**${also}: ${summary}.\n\n\`\`\`\n${usage}\n\`\`\`\n\n${where}`;
}

const ofOption = (option: GuideOption): string =>
  `The option **${option.name}**: ${option.description}. Its default is ${code(option.default)}.\n\n` +
  `\`\`\`sh\nqmux set -g ${option.name} VALUE     # now\n\`\`\`\n\nFor good it goes into the configuration file.`;

const code = (text: string): string =>
  text === '' ? 'empty' : text.includes('`') ? `\`\` ${text} \`\`` : `\`${text}\``;

function ofFindings({ topics, commands, options, keys }: GuideFindings): string {
  const [best, ...others] = topics;
  const parts: string[] = [];
  if (best !== undefined) parts.push(`## ${best.title}\n\n${best.text}`);
  const lines = [
    ...keys.map(({ keys: typed, note }) => `- ${code(typed)}: ${note}`),
    ...commands.map(({ name, summary }) => `- \`${name}\`: ${summary}`),
    ...options.map(({ name, description }) => `- option \`${name}\`: ${description}`),
  ];
  if (lines.length > 0)
    parts.push(
      `${best === undefined ? 'Perhaps one of these:' : 'Near to it:'}\n\n${lines.slice(0, best === undefined ? 8 : 5).join('\n')}`,
    );
  if (others.length > 0) parts.push(`Ask also about: ${others.map(({ title }) => `*${title}*`).join(', ')}.`);
  return parts.join('\n\n');
}

function unknown(question: string, { near }: GuideFindings): string {
  if (/[^\x20-\x7e\s]/.test(question) && !meaningsOf(question).some(([stem = '']) => /[a-z]/.test(stem)))
    return 'I understand English only. Type `help` to see what I can tell and show.';
  const topics =
    near.length === 0 ? '' : ` The nearest that I know: ${near.map(({ title }) => `*${title}*`).join(', ')}.`;
  return (
    `I do not know that.${topics} I only know qmux itself: for anything else you need a model (ask me ` +
    '`how do I set an endpoint`). `help` lists what I can tell and show.'
  );
}

import type { Disposable } from '../base/disposable.ts';
import type { Size } from '../base/geometry.ts';
import { UserError } from '../base/user-error.ts';
import type { UserPart } from '../conversation/message.ts';
import { amount } from '../text/amount.ts';
import { shorten } from '../text/cut.ts';
import { greetingLines } from './chat-greeting.ts';
import { ChatInput } from './chat-input.ts';
import { APPROVAL_TABLE, ChatKeys } from './chat-keys.ts';
import type { ChatSessionOptions } from './chat-options.ts';
import { panelLines } from './chat-panel.ts';
import { ChatShell } from './chat-shell.ts';
import { ChatView } from './chat-view.ts';
import type { ChatWork } from './chat-work.ts';
import { Composer } from './composer.ts';
import { completeFiles } from './file-completion.ts';

export interface ChatScreenListener {
  /** The session's name now. */
  readonly name: () => string;
  /** It does not look as before. */
  readonly changed: () => void;
}

/** How often what tells seconds is shown anew, in milliseconds. */
const TICK = 1000;
/** Older messages are laid out for so long, then others have their turn for so long; in milliseconds. */
const SLICE = 4;
const PAUSE = 20;
/** Lines of a command's output that the transcript keeps. */
const NOTED_LINES = 20;

/** The side of a chat that a person sees and types at. */
export class ChatScreen implements Disposable {
  readonly view: ChatView;
  readonly keys: ChatKeys;
  readonly input: ChatInput;
  readonly draft: Composer;
  readonly shell: ChatShell;
  readonly #options: ChatSessionOptions;
  readonly #work: ChatWork;
  readonly #listener: ChatScreenListener;
  /** How many clients show it. */
  #shown = 0;
  #tick: Disposable | undefined;
  #older: Disposable | undefined;
  #reading: Disposable | undefined;
  #nextModel: string | undefined;
  #isDisposed = false;

  constructor(options: ChatSessionOptions, work: ChatWork, size: Size, listener: ChatScreenListener) {
    this.#options = options;
    this.#work = work;
    this.#listener = listener;
    const { tools, clock, onError } = options;
    const onChange = listener.changed;
    this.draft = this.#composer(options.history, true);
    const ended = (command: string, output: string) => this.#commandEnded(command, output);
    this.shell = new ChatShell({ tools, place: () => work.place(), clock, onChange, ended, onError });
    this.keys = new ChatKeys({
      approvals: work.approvals,
      draft: this.draft,
      createLine: () => this.#composer([], false),
      clock,
      sent: (parts, text, later) => this.#sent(parts, text, later),
      stop: () => this.stop(),
      recall: () => this.#recall(),
      toggleCards: () => this.view.toggleCards(),
      tell: (text) => work.conversation.note('info', text),
      onChange,
    });
    this.input = new ChatInput({
      typed: (text, key) => {
        const answers = key !== undefined && options.keyAction(APPROVAL_TABLE, key) !== undefined;
        this.keys.type(text, answers);
      },
      pasted: (text) => this.keys.paste(text),
      pressed: (place) => this.#pressed(place.x, place.y),
      bound: (key) => {
        const action = options.keyAction(this.keys.keyTable, key);
        return action !== undefined && this.keys.action(action.name, action.args, action.count);
      },
    });
    this.view = new ChatView(this.#scene(), size);
  }

  /** What was laid out holds no more. */
  invalidate(): void {
    this.view.invalidate();
    this.#keepTime();
  }

  resize(size: Size): void {
    this.view.resize(size);
    this.#layOutOlder();
  }

  /** @param count how many clients show it */
  setShown(count: number): void {
    if (count === 0 || count > this.#shown) this.#work.approvals.noteUnread();
    if (count > 0) this.#lookForModel();
    this.#shown = count;
    // What was laid out unseen does not count as read.
    this.invalidate();
    this.#layOutOlder();
  }

  /** Stops the command and the turn. */
  stop(): void {
    this.shell.stop();
    this.#work.turns.stop();
  }

  /** Puts messages that were not delivered before the draft, each from a line of its own. */
  giveBack(messages: readonly (readonly UserPart[])[]): void {
    const feed: UserPart = { text: '\n', label: undefined };
    this.draft.prependParts(messages.flatMap((parts, index) => (index === 0 ? parts : [feed, ...parts])));
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#shown = 0;
    this.#tick?.dispose();
    this.#older?.dispose();
    this.#reading?.dispose();
    this.shell.stop();
    this.keys.dispose();
  }

  #composer(history: string[], completes: boolean): Composer {
    const { settings, completeCommand, describeCommand, workingDirectory, sessionFolder, home } = this.#options;
    const files = completes ? completeFiles({ workingDirectory, sessionFolder, home }) : async () => [];
    return new Composer({
      keys: () => settings().keys,
      history,
      completeCommand: completes ? completeCommand : () => [],
      ...(describeCommand === undefined ? {} : { describeCommand }),
      completeFile: files,
      onChange: this.#listener.changed,
      onNotice: (text) => this.#work.conversation.note('warning', text),
    });
  }

  #scene(): ConstructorParameters<typeof ChatView>[0] {
    const work = this.#work;
    return {
      get conversation() {
        return work.conversation.value;
      },
      panel: (columns, rows) => this.#panel(columns, rows),
      draft: (columns, rows) => {
        const { line, composer } = this.keys;
        return composer.layout(columns, rows, line === undefined ? `[${this.#listener.name()}] q> ` : `${line}: `);
      },
      greeting: (columns) => {
        const { keyOf } = this.#options;
        const model = work.model?.name ?? this.#nextModel ?? this.#options.model;
        const table = this.draft.keyTable;
        const greeting = { name: this.#listener.name(), type: work.type, model, keyOf: keyOf.bind(undefined, table) };
        return greetingLines(greeting, columns);
      },
    };
  }

  #panel(columns: number, rows: number): ReturnType<typeof panelLines> {
    const { turns, approvals, progress } = this.#work;
    const { runningSince: since } = turns;
    const plainKeys = this.draft.isEmpty;
    const table = plainKeys && this.keys.line === undefined ? APPROVAL_TABLE : this.keys.keyTable;
    if (this.#shown > 0) this.#noteShown();
    const state = {
      now: this.#options.clock.now(),
      turn: since === undefined ? undefined : { since, progress },
      isPaused: turns.isPaused,
      question: approvals.selected,
      questionNumber: approvals.selectedIndex + 1,
      questionCount: approvals.count,
      plainKeys,
      isUnread: approvals.readIn !== undefined,
      tooEarly: this.keys.tooEarly,
      keyOf: (action: string) => this.#options.keyOf(table, action),
      line: this.keys.line,
      shell: this.shell.running,
      steering: turns.steering,
      queued: turns.queued,
    };
    return panelLines(state, columns, rows);
  }

  /** The question is seen; its keys are shown anew when they begin to answer. */
  #noteShown(): void {
    const { approvals } = this.#work;
    approvals.noteShown();
    const left = approvals.readIn;
    if (left === undefined) return;
    this.#reading ??= this.#options.clock.after(left, () => {
      this.#reading = undefined;
      this.#listener.changed();
    });
  }

  #pressed(x: number, y: number): void {
    const place = this.view.press({ x, y });
    if (place !== undefined) this.keys.composer.moveTo(place.x, place.y);
    this.#listener.changed();
  }

  #recall(): void {
    const parts = this.#work.turns.recall();
    if (parts !== undefined) this.draft.prependParts(parts);
  }

  /** A message of the draft: a slash command, a command of the shell, or words for the model. */
  #sent(parts: readonly UserPart[], text: string, later: boolean): void {
    const { turns } = this.#work;
    if (/^\/[a-z?]/i.test(text)) this.#try(parts, () => this.#options.runCommand(text.slice(1).trimEnd()));
    else if (/^!\s*\S/.test(text)) this.#try(parts, () => this.shell.start(text.slice(1).trim()));
    else if (later) turns.enqueue(withoutEscape(parts));
    else turns.say(withoutEscape(parts));
  }

  /** What a person did wrong is told, and the text comes back. */
  #try(parts: readonly UserPart[], run: () => void): void {
    try {
      run();
    } catch (error) {
      if (!(error instanceof UserError)) {
        this.#options.onError(error);
        return;
      }
      this.#work.conversation.note('error', error.message);
      this.draft.prependParts(parts);
    }
  }

  #commandEnded(command: string, output: string): void {
    const lines = output.trimEnd().split('\n');
    const left = lines.length - NOTED_LINES;
    const end = lines.slice(-NOTED_LINES).join('\n');
    const noted = left > 0 ? `… ${amount(left, 'more line')} …\n${end}` : end;
    this.#work.conversation.note('info', `! ${command}\n${noted}`);
    // What the command did not print: how it ended, and that it printed nothing.
    const printed = lines.length - (/^\[.*\]$/.test(lines.at(-1) ?? '') ? 1 : 0);
    const count = amount(printed === 1 && lines[0] === '[no output]' ? 0 : printed, 'line');
    const name = shorten(command, 40);
    // Longer than every one in the output.
    const fence = '`'.repeat(Math.max(3, ...Array.from(output.matchAll(/`{3,}/g), ([ticks]) => ticks.length + 1)));
    this.draft.attach(
      `output of ${name}, ${count}`,
      `Output of \`${command}\`:\n${fence}\n${output.trimEnd()}\n${fence}\n`,
    );
  }

  /** Who will answer, for the greeting, which does not wait for it. */
  #lookForModel(): void {
    const { conversation, model } = this.#work;
    if (model !== undefined || conversation.value.messages.length > 0) return;
    void this.#work.nextModel().then((name) => {
      if (name === this.#nextModel || this.#isDisposed) return;
      this.#nextModel = name;
      this.#listener.changed();
    });
  }

  /** Seconds tick only while somebody sees them. */
  #keepTime(): void {
    const { turns, approvals } = this.#work;
    const isTold = approvals.count === 0 && (turns.isRunning || this.shell.running !== undefined);
    if (this.#shown === 0 || !isTold) {
      this.#tick?.dispose();
      this.#tick = undefined;
    } else {
      this.#tick ??= this.#options.clock.after(TICK, () => {
        this.#tick = undefined;
        this.#listener.changed();
      });
    }
  }

  /** Lays out what lies above the screen, so that it can be scrolled to, a little at a time. */
  #layOutOlder(): void {
    if (this.#shown === 0) return;
    this.#older ??= this.#options.clock.after(PAUSE, () => {
      this.#older = undefined;
      if (this.#shown > 0 && this.view.layOutMore(SLICE)) this.#layOutOlder();
    });
  }
}

/** `//` at the beginning stands for a `/` that is meant for the model. */
function withoutEscape(parts: readonly UserPart[]): readonly UserPart[] {
  const [first, ...rest] = parts;
  if (first === undefined || !first.text.startsWith('//')) return parts;
  return [{ ...first, text: first.text.slice(1) }, ...rest];
}

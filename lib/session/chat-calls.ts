import type { Clock } from '../base/clock.ts';
import type { ToolCall } from '../conversation/message.ts';
import type { CallChange } from '../conversation/reply.ts';
import { parseArguments } from '../tools/arguments.ts';
import { permit } from '../tools/permission.ts';
import { type PreparedCall, type Tool, ToolError, type ToolPlace, type ToolResult } from '../tools/tool.ts';
import type { ChatApprovals } from './chat-approvals.ts';

export interface ChatCallsOptions {
  readonly tools: readonly Tool[];
  readonly place: () => ToolPlace;
  /** Names of the tools that the person trusts. */
  readonly trusted: Set<string>;
  readonly approvals: ChatApprovals;
  readonly change: (callId: string, change: CallChange) => void;
  readonly clock: Clock;
  readonly onError: (error: unknown) => void;
}

/** How much of the end of a running call's output is shown, in UTF-16 units. */
const SHOWN_OUTPUT = 4000;

type Attempt = { readonly prepared: PreparedCall } | { readonly problem: string };

interface Allowed {
  readonly prepared: PreparedCall;
  /** Tells the model what the person changed. */
  readonly foreword: string;
  /** A person has seen just this call; else trust let it pass. */
  readonly byPerson: boolean;
}

/** A call of the present reply on its way to its answer. */
interface Running {
  readonly call: ToolCall;
  readonly tool: Tool;
  readonly args: Readonly<Record<string, unknown>>;
  readonly attempt: Attempt;
  /** When all calls before it have their answers. */
  readonly earlier: Promise<unknown>;
  /** When the last call before it that writes or runs has its answer; undefined without such a call. */
  readonly lane: Promise<unknown> | undefined;
  /** Whether a call before it writes what it touches. */
  readonly isBehind: boolean;
  readonly signal: AbortSignal;
}

/**
 * Answers the calls of a reply. What only reads runs at once, together; what writes or runs does so one after the other,
 * in the model's order; what needs permission asks at once, so that several can be answered together.
 */
export class ChatCalls {
  readonly #options: ChatCallsOptions;
  #last: Promise<unknown> = Promise.resolve();
  /** Endpoints give the same ids again in later replies: a question has one of its own, so that no answer goes astray. */
  #asked = 0;

  constructor(options: ChatCallsOptions) {
    this.#options = options;
  }

  /** Fulfilled when nothing of the calls that were run last runs any more. */
  get ended(): Promise<unknown> {
    return this.#last;
  }

  /** Fulfilled when all calls are answered, or soon after an abort. Never rejects. */
  run(calls: readonly ToolCall[], signal: AbortSignal): Promise<void> {
    const run = this.#runAll(calls, signal);
    this.#last = Promise.all([this.#last, run]);
    return run;
  }

  async #runAll(calls: readonly ToolCall[], signal: AbortSignal): Promise<void> {
    const ends: Promise<void>[] = [];
    const written = new Set<string>();
    let lane: Promise<unknown> | undefined;
    for (const call of calls) {
      if (signal.aborted) break;
      const tool = this.#options.tools.find(({ name }) => name === call.name);
      const args = tool === undefined ? undefined : this.#read(call);
      if (tool === undefined || args === undefined) {
        if (tool === undefined) this.#fail(call, this.#unknownTool(call));
        continue;
      }
      const attempt = await this.#prepare(tool, args);
      const touched = 'prepared' in attempt ? attempt.prepared.access.paths : [];
      const isBehind = touched.some(({ path }) => written.has(path));
      for (const { path, write } of touched) if (write) written.add(path);
      const earlier = Promise.all(ends);
      const end = this.#one({ call, tool, args, attempt, earlier, lane, isBehind, signal });
      ends.push(end);
      if (tool.risk !== 'read') lane = end;
    }
    await Promise.all(ends);
  }

  /** Arguments as an object; undefined when the call has failed by them. */
  #read(call: ToolCall): Readonly<Record<string, unknown>> | undefined {
    const args = parseArguments(call.arguments);
    if (!(args instanceof ToolError)) return args;
    this.#fail(call, args.message);
    return undefined;
  }

  async #prepare(tool: Tool, args: Readonly<Record<string, unknown>>): Promise<Attempt> {
    try {
      return { prepared: await tool.prepare(args, this.#options.place()) };
    } catch (error) {
      return { problem: this.#problem(error) };
    }
  }

  async #one(running: Running): Promise<void> {
    const { call, signal } = running;
    try {
      const prepared = await this.#afterEarlier(running);
      if (signal.aborted || prepared === undefined) return;
      this.#change(running, { title: prepared.title, diff: prepared.diff });
      const allowed = await this.#allow(running, prepared);
      if (signal.aborted || allowed === undefined) return;
      const ready = running.tool.risk === 'read' ? allowed : await this.#afterLane(running, allowed);
      if (!signal.aborted && ready !== undefined) await this.#execute(running, ready.prepared, ready.foreword);
    } catch (error) {
      if (!signal.aborted) this.#fail(call, this.#problem(error));
    }
  }

  /** The call as it is to be when those before it have done what it may build on; undefined when it has failed. */
  async #afterEarlier({
    call,
    tool,
    args,
    attempt,
    earlier,
    isBehind,
    signal,
  }: Running): Promise<PreparedCall | undefined> {
    if ('prepared' in attempt && !isBehind) return attempt.prepared;
    await earlier;
    if (signal.aborted) return undefined;
    const again = await this.#prepare(tool, args);
    if ('prepared' in again) return again.prepared;
    if (!signal.aborted) this.#fail(call, again.problem);
    return undefined;
  }

  /** What trust alone allowed is judged anew when the calls before it have run: one may have made a link to elsewhere. */
  async #afterLane(running: Running, allowed: Allowed): Promise<Allowed | undefined> {
    if (running.lane === undefined) return allowed;
    await running.lane;
    if (allowed.byPerson || running.signal.aborted) return allowed;
    const again = await this.#prepare(running.tool, running.args);
    if ('prepared' in again) return await this.#allow(running, again.prepared);
    if (!running.signal.aborted) this.#fail(running.call, again.problem);
    return undefined;
  }

  /** Asks where permission is needed; undefined when the call is refused. */
  async #allow(running: Running, prepared: PreparedCall): Promise<Allowed | undefined> {
    const { call, tool, signal } = running;
    const verdict = () => this.#permit(tool, prepared);
    let permission = verdict();
    while (permission.kind === 'ask') {
      const { why } = permission;
      const { title, diff, editable, where } = prepared;
      this.#change(running, { state: { kind: 'asking', approval: { why, editable } } });
      const isSettled = () => verdict().kind === 'run';
      this.#asked += 1;
      const callId = `${call.id}#${this.#asked}`;
      const question = { kind: 'approval', callId, tool: tool.name, title, why, diff, editable, where } as const;
      const answer = await this.#options.approvals.ask({ ...question, isSettled }, signal);
      if (answer === undefined || signal.aborted) return undefined;
      this.#change(running, { state: { kind: 'waiting' } });
      if (answer.kind === 'refuse') {
        this.#change(running, { state: { kind: 'refused', result: refusal(answer.reason) } });
        return undefined;
      }
      if (answer.kind !== 'edited') return { prepared, foreword: '', byPerson: !isSettled() };
      try {
        const edited = await prepared.edited(answer.text);
        this.#change(running, { title: edited.title, diff: edited.diff });
        const own = this.#permit(tool, edited);
        if (own.kind === 'refuse') permission = own;
        else return { prepared: edited, foreword: `The person changed it to: ${answer.text}\n`, byPerson: true };
      } catch (error) {
        permission = { kind: 'ask', why: `cannot be changed so: ${this.#problem(error)}` };
      }
    }
    if (permission.kind === 'run') return { prepared, foreword: '', byPerson: false };
    this.#change(running, { state: { kind: 'refused', result: permission.reason } });
    return undefined;
  }

  async #execute(running: Running, prepared: PreparedCall, foreword: string): Promise<void> {
    const { signal } = running;
    const since = this.#options.clock.now();
    let output = '';
    const show = () => this.#change(running, { state: { kind: 'running', since, output } });
    show();
    let result: ToolResult;
    try {
      result = await prepared.run({
        signal,
        onOutput: (text) => {
          output = (output + text.slice(-SHOWN_OUTPUT)).slice(-SHOWN_OUTPUT);
          show();
        },
      });
    } catch (error) {
      result = { ok: false, text: this.#problem(error) };
    }
    this.#change(running, { state: { kind: result.ok ? 'done' : 'failed', result: foreword + result.text } });
  }

  #permit(tool: Tool, { access }: PreparedCall): ReturnType<typeof permit> {
    const { trusted, place } = this.#options;
    return permit({ tool: tool.name, risk: tool.risk, access }, { tools: trusted }, place());
  }

  /** After an abort the reply is over, and nothing of it changes any more. */
  #change({ call, signal }: Running, change: CallChange): void {
    if (!signal.aborted) this.#options.change(call.id, change);
  }

  #fail(call: ToolCall, problem: string): void {
    this.#options.change(call.id, { state: { kind: 'failed', result: problem } });
  }

  #unknownTool({ name }: ToolCall): string {
    const names = this.#options.tools.map((tool) => tool.name).join(', ');
    return `There is no tool ${JSON.stringify(name.slice(0, 100))}. The tools are: ${names}.`;
  }

  /** What the model is told of an error; one that is no ToolError is a bug of ours, and told to the log too. */
  #problem(error: unknown): string {
    if (error instanceof ToolError) return error.message;
    this.#options.onError(error);
    return 'The tool failed inside qmux. Try it another way.';
  }
}

const refusal = (reason: string): string =>
  reason === '' ? 'The person refused this call.' : `The person refused this call: ${reason}`;

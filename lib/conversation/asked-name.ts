import type { Models, TurnRequest } from './model.ts';
import { nameFrom } from './namer.ts';
import type { TurnQueue } from './turn-queue.ts';

export interface AskedNameOptions {
  readonly models: Models;
  /** The request takes its place among all turns. */
  readonly turns: TurnQueue;
  /** The model's name, or undefined for the default one. */
  readonly model: string | undefined;
  /** What the person said first. */
  readonly said: readonly string[];
}

/** What is sent of each message, and read of the reply, in UTF-16 units; and how long the reply may take, in milliseconds. */
const MESSAGE = 500;
const REPLY = 400;
const PATIENCE = 30_000;
/** A longer line is no name. */
const LONGEST_ANSWER = 60;

/** The name that a model gives, made to keep the rules; undefined where it fails, is late, or says something else. */
export async function askName(
  { models, turns, model, said }: AskedNameOptions,
  maximum: number,
): Promise<string | undefined> {
  const found = await models.find(model).catch(() => undefined);
  if (found === undefined || found.name === 'guide') return undefined;
  const request: TurnRequest = {
    system: `You name conversations. Answer with one name in kebab-case by which a colleague would know this one again: at most ${maximum} characters, English, letters, digits and dashes only. Nothing else.`,
    messages: [{ role: 'user', text: said.map((text) => text.slice(0, MESSAGE)).join('\n\n') }],
    tools: [],
  };
  let reply = '';
  for await (const event of turns.run((signal) => found.stream(request, signal), AbortSignal.timeout(PATIENCE))) {
    if (event.type === 'delta') reply += event.text;
    if (event.type === 'failed' || event.type === 'aborted' || event.type === 'retrying') return undefined;
    if (event.type === 'done') return nameIn(reply, maximum);
    if (reply.length > REPLY) return undefined;
  }
  return undefined;
}

function nameIn(reply: string, maximum: number): string | undefined {
  const line = reply.replace(/<think>[\s\S]*<\/think>/, '').trim();
  return line.length > LONGEST_ANSWER || line.includes('\n') ? undefined : nameFrom(line, maximum);
}

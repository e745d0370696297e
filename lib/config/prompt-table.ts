import { nearest } from '../base/nearest.ts';
import { isTable, type Report } from './provider-table.ts';

/** What may have a system prompt: all chats, or those of one type. */
export const PROMPT_NAMES: readonly string[] = ['default', 'debug', 'planning', 'development', 'code-review'];

/** UTF-16 units of a system prompt. */
const MAXIMUM_PROMPT = 1 << 16;

/** The system prompts of `[prompts]`, by type. What is wrong is reported and left out; never throws. */
export function readPrompts(value: unknown, report: Report): ReadonlyMap<string, string> {
  const prompts = new Map<string, string>();
  if (!isTable(value)) report(['prompts'], 'prompts must be a table: [prompts]');
  else
    for (const [name, text] of Object.entries(value)) {
      const path = ['prompts', name];
      if (!PROMPT_NAMES.includes(name)) report(path, `unknown name: ${path.join('.').slice(0, 100)}${advice(name)}`);
      else if (typeof text !== 'string') report(path, `prompts.${name} takes a text in quotes`);
      else if (text.length > MAXIMUM_PROMPT)
        report(path, `prompts.${name} is longer than ${MAXIMUM_PROMPT} characters`);
      else prompts.set(name, text);
    }
  return prompts;
}

function advice(name: string): string {
  const near = nearest(name, PROMPT_NAMES);
  return near === undefined ? '' : `; the nearest is prompts.${near}`;
}

import { type AgentConversation, isConversation } from '../attention/agent-resume.ts';
import { clampSize, type Size } from '../base/geometry.ts';
import { isRecord } from '../base/is-record.ts';
import type { Session } from '../session/session.ts';
import { freeName } from '../session/session-name.ts';
import type { ConversationRow } from '../store/schema.ts';
import type { WantedSession } from './session-makers.ts';

/** What starts a program again. */
export interface ProgramStart {
  /** As a person gave it: nothing for a login shell. */
  readonly command: readonly string[];
  readonly directory: string;
  /** Variables of this session alone, over those of the server. */
  readonly environment: Readonly<Record<string, string>>;
  /** The size that its screen had. */
  readonly size: Size;
  /** The conversation that its agent said it is in. */
  readonly conversation?: AgentConversation;
}

/** A program session as it was kept. */
export interface KeptProgram extends ProgramStart {
  readonly row: ConversationRow;
}

/** Written in the column `program`. */
export const programText = (start: ProgramStart): string => JSON.stringify(start);

/** What the column `program` says; undefined where it cannot be read. */
export function readProgram(row: ConversationRow): KeptProgram | undefined {
  const value = parsed(row.program);
  if (value === undefined) return undefined;
  const { command, environment } = value;
  const size = isRecord(value['size']) ? value['size'] : {};
  if (!Array.isArray(command) || !isRecord(environment)) return undefined;
  const variables = Object.entries(environment).filter((entry): entry is [string, string] => isText(entry[1]));
  return {
    row,
    command: command.filter(isText),
    directory: isText(value['directory']) ? value['directory'] : row.working_directory,
    environment: Object.fromEntries(variables),
    ...(isConversation(value['conversation']) && { conversation: value['conversation'] }),
    size: clampSize(Number(size['columns']) || 80, Number(size['rows']) || 24),
  };
}

/** What is wanted for a kept program: its name gets a number, and its index is left open, where another session has them now. */
export function restoredProgram(kept: KeptProgram, others: readonly Session[]): WantedSession {
  const { session_name: name, session_index: index } = kept.row;
  return {
    kind: 'program',
    name: freeName(name, (taken) => others.some((other) => other.name === taken)),
    command: kept.command,
    workingDirectory: kept.directory,
    environment: kept.environment,
    size: kept.size,
    ...(others.some((other) => other.index === index) ? {} : { index }),
    keptProgram: kept,
  };
}

const isText = (value: unknown): value is string => typeof value === 'string';

function parsed(text: string | null): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text ?? '');
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { ContentVersions } from '../../lib/tools/file-versions.ts';
import { type PreparedCall, ToolError, type ToolPlace, type ToolResult } from '../../lib/tools/tool.ts';
import { TOOLS } from '../../lib/tools/tool-table.ts';
import { temporaryFolder } from './folder.ts';

/** A place of real folders: `work` is the working directory, `home` and `session` lie beside it. */
export function toolPlace(changes: Partial<ToolPlace> = {}): ToolPlace & { readonly folder: string } {
  const folder = temporaryFolder();
  for (const name of ['work', 'home']) mkdirSync(path.join(folder, name));
  return {
    folder,
    workingDirectory: path.join(folder, 'work'),
    sessionFolder: path.join(folder, 'session'),
    home: path.join(folder, 'home'),
    environment: { PATH: process.env['PATH'] ?? '/usr/bin:/bin', HOME: path.join(folder, 'home') },
    size: { columns: 80, rows: 24 },
    sessions: {
      list: () => [],
      read: (name) => {
        throw new ToolError(`no session ${name}`);
      },
      ask: (name) => Promise.reject(new ToolError(`no session ${name}`)),
    },
    versions: new ContentVersions(),
    commandTimeout: 15_000,
    ...changes,
  };
}

export async function prepare(
  name: string,
  args: Readonly<Record<string, unknown>>,
  place: ToolPlace,
): Promise<PreparedCall> {
  const tool = TOOLS.find((each) => each.name === name);
  if (tool === undefined) throw new Error(`no tool ${name}`);
  return await tool.prepare(args, place);
}

/** Prepares a call and runs it at once. */
export async function runTool(
  name: string,
  args: Readonly<Record<string, unknown>>,
  place: ToolPlace,
): Promise<ToolResult> {
  return await (await prepare(name, args, place)).run({ signal: new AbortController().signal, onOutput: () => {} });
}

/** The text of the ToolError with which `work` is refused. */
export async function refusal(work: Promise<unknown>): Promise<string> {
  const result = await work.then(
    () => 'nothing was refused',
    (error: unknown) => error,
  );
  if (result instanceof ToolError) return result.message;
  throw result instanceof Error ? result : new Error(String(result));
}

import { readdirSync } from 'node:fs';
import path from 'node:path';
import { errorCode } from '../base/error-code.ts';
import { PACKAGE_FOLDER } from '../base/package-folder.ts';
import { type FileProblem, readTomlFile } from '../config/toml-file.ts';
import { type AgentRules, readAgentRules } from './agent-rules.ts';

/** Every agent that is known, by name. */
export type AgentCatalog = ReadonlyMap<string, AgentRules>;

const MAXIMUM_FILES = 200;

/** The folder of the rules that ship. */
export const shippedAgents = (): string => path.join(PACKAGE_FOLDER, 'lib/attention/agents');

/** Reads the rules of the folders; a file of an earlier folder takes the place of its namesake. Never throws. */
export function readAgents(folders: readonly string[]): {
  readonly agents: AgentCatalog;
  readonly problems: readonly FileProblem[];
} {
  const agents = new Map<string, AgentRules>();
  const problems: FileProblem[] = [];
  for (const folder of folders)
    for (const name of agentNames(folder, problems)) {
      if (agents.has(name)) continue;
      const file = path.join(folder, `${name}.toml`);
      const read = readTomlFile(file);
      if (read === undefined) continue;
      problems.push(...read.problems);
      // Of a file that cannot be read at all nothing holds: the rules that ship do.
      if (read.problems.length > 0 && Object.keys(read.data).length === 0) continue;
      const report = (place: readonly string[], text: string): void =>
        void problems.push({ file, line: read.lineOf(place), text });
      agents.set(name, readAgentRules(name, read.data, report));
    }
  return { agents, problems };
}

function agentNames(folder: string, problems: FileProblem[]): readonly string[] {
  try {
    return readdirSync(folder)
      .filter((file) => /^[\w-]{1,64}\.toml$/.test(file))
      .slice(0, MAXIMUM_FILES)
      .sort()
      .map((file) => path.basename(file, '.toml'));
  } catch (error) {
    if (errorCode(error) !== 'ENOENT')
      problems.push({ file: folder, line: undefined, text: 'this folder cannot be read' });
    return [];
  }
}

/** Programs that run another one, which is what counts. */
const RUNNERS = /^(node|nodejs|bun|deno|python[0-9.]*|uv|npx|sh|bash|env)$/;
/** Words that are looked at: a runner's options come before its script. */
const MAXIMUM_WORDS = 6;

/** The agent that a process is, by its arguments as the system has them; undefined for none that is known. */
export function agentOf(agents: AgentCatalog, words: readonly string[]): AgentRules | undefined {
  const [first = '', ...rest] = words.slice(0, MAXIMUM_WORDS);
  const own = named(agents, programName(first));
  if (own !== undefined || !RUNNERS.test(path.basename(first))) return own;
  const script = rest.find((word) => !word.startsWith('-'));
  return script === undefined ? undefined : (named(agents, programName(script)) ?? packaged(agents, script));
}

const programName = (word: string): string => path.basename(word).replace(/\.(m?js|cjs|py|exe)$/, '');

const named = (agents: AgentCatalog, name: string): AgentRules | undefined =>
  [...agents.values()].find(({ programs }) => programs.includes(name));

/** A script called `cli.js` is known by a folder of its package: `.../node_modules/@openai/codex/bin/cli.js`. */
function packaged(agents: AgentCatalog, script: string): AgentRules | undefined {
  const [, ...packages] = script.split('/node_modules/');
  const folders = packages.at(-1)?.split('/').slice(0, 2) ?? [];
  for (const folder of folders) {
    const found = named(agents, folder.replace(/-(code|cli|ai|coding-agent)$/, '')) ?? named(agents, folder);
    if (found !== undefined) return found;
  }
  return undefined;
}

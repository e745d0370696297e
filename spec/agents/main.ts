/**
 * Drives real agents, installed from npm, in sessions of qmux before a model on the loopback, and says for each step
 * whether its status was right in time: `npm run agents -- [--folder F] [--widths 80,120] [--hooks] [--record F] NAME...`.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { AgentRun } from './agent-run.ts';
import { RECIPES } from './recipes.ts';

const print = (text: string): void => void process.stdout.write(`${text}\n`);

/** The folder of an agent's programs; installs it where it is not there. */
function installed(folder: string, name: string, wanted: string): string {
  const own = path.join(folder, name);
  const programs = path.join(own, 'node_modules', '.bin');
  if (existsSync(path.join(programs, name))) return programs;
  mkdirSync(own, { recursive: true });
  writeFileSync(path.join(own, 'package.json'), '{"private":true}\n');
  const { status } = spawnSync('npm', ['install', '--no-audit', '--no-fund', wanted], { cwd: own, stdio: 'inherit' });
  if (status !== 0) throw new Error(`${wanted} could not be installed`);
  return programs;
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    folder: { type: 'string' },
    widths: { type: 'string', default: '80' },
    hooks: { type: 'boolean', default: false },
    record: { type: 'string' },
  },
});
const folder = path.resolve(values.folder ?? mkdtempSync(path.join(tmpdir(), 'agents-')));
const wrong: string[] = [];
for (const name of positionals.length > 0 ? positionals : Object.keys(RECIPES)) {
  const recipe = RECIPES[name];
  if (recipe === undefined) throw new Error(`${name} is not known; there are ${Object.keys(RECIPES).join(', ')}`);
  const programs = installed(folder, name, recipe.package);
  for (const columns of values.widths.split(',').map(Number)) {
    const place = `${name} at ${columns} columns${values.hooks ? ' with hooks' : ''}`;
    print(place);
    const { hooks, record } = values;
    const steps = await AgentRun.drive({ name, recipe, programs, columns, hooks, record, print });
    for (const { name: step, isRight, shown } of steps)
      if (!isRight) wrong.push(`${place}: ${step}: ${shown.join(', ')}`);
  }
}
print(wrong.length === 0 ? 'all right' : `wrong:\n${wrong.join('\n')}`);
process.exitCode = wrong.length === 0 ? 0 : 1;

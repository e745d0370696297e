import { readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import path from 'node:path';
import { expect } from 'chai';

/**
 * The rooms, lowest first: what each may import besides `base` and itself, and its outside packages. `mode` holds what
 * takes keys and lies over a pane (copy mode, prompts, lists, text): it knows sessions and no screen. `config` checks
 * styles, so it knows `text`.
 * `tools` runs commands on ptys and knows no conversation: what becomes of a call is `session`'s.
 */
const ROOMS: Readonly<Record<string, { readonly rooms: readonly string[]; readonly packages: readonly string[] }>> = {
  base: { rooms: [], packages: [] },
  text: { rooms: [], packages: ['marked', 'highlight.js'] },
  protocol: { rooms: [], packages: [] },
  input: { rooms: [], packages: [] },
  layout: { rooms: [], packages: [] },
  config: { rooms: ['text', 'input'], packages: ['smol-toml'] },
  terminal: { rooms: ['text'], packages: [] },
  pty: { rooms: [], packages: ['node-pty'] },
  conversation: { rooms: ['text'], packages: ['openai'] },
  tools: { rooms: ['text', 'pty'], packages: ['diff', 'ignore'] },
  session: { rooms: ['text', 'input', 'terminal', 'pty', 'conversation', 'tools'], packages: [] },
  attention: { rooms: ['text', 'input', 'config', 'session'], packages: [] },
  mode: { rooms: ['text', 'input', 'session'], packages: [] },
  command: { rooms: ['text', 'input', 'conversation', 'session', 'layout', 'config'], packages: [] },
  store: { rooms: ['text', 'conversation', 'session'], packages: ['kysely', 'better-sqlite3'] },
  screen: { rooms: ['text', 'session', 'mode'], packages: ['neo-blessed', 'blessed'] },
  server: {
    rooms: [
      'text',
      'protocol',
      'input',
      'layout',
      'config',
      'terminal',
      'pty',
      'conversation',
      'tools',
      'session',
      'attention',
      'mode',
      'command',
      'store',
      'screen',
    ],
    packages: [],
  },
  client: { rooms: ['protocol'], packages: [] },
};

const root = path.resolve(import.meta.dirname, '../..');
const IMPORT = /(?:^|\n)\s*(?:import|export)\s(?:[^'"]*?\sfrom\s*)?['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]/g;

interface Import {
  readonly file: string;
  readonly room: string;
  readonly from: string;
}

function imports(): Import[] {
  const found: Import[] = [];
  for (const entry of readdirSync(path.join(root, 'lib'), { recursive: true, encoding: 'utf8' })) {
    if (!entry.endsWith('.ts')) continue;
    const text = readFileSync(path.join(root, 'lib', entry), 'utf8');
    const room = entry.split(path.sep)[0] ?? '';
    for (const match of text.matchAll(IMPORT)) found.push({ file: entry, room, from: match[1] ?? match[2] ?? '' });
  }
  return found;
}

describe('the architecture', () => {
  const all = imports();

  it('has every file in a known room, and no index files', () => {
    const strangers = readdirSync(path.join(root, 'lib'), { recursive: true, encoding: 'utf8' }).filter(
      (entry) =>
        entry.endsWith('.ts') && (!((entry.split(path.sep)[0] ?? '') in ROOMS) || /(^|\/)index\.ts$/.test(entry)),
    );
    expect(strangers).to.deep.equal([]);
  });

  for (const [room, allowed] of Object.entries(ROOMS)) {
    it(`lets ${room} import only what is below it`, () => {
      const wrong = all
        .filter((item) => item.room === room)
        .filter(({ file, from }) => {
          if (from.startsWith('.')) {
            const target = path.join(path.dirname(file), from).split(path.sep)[0] ?? '';
            return target !== room && target !== 'base' && !allowed.rooms.includes(target);
          }
          if (from.startsWith('node:') || builtinModules.includes(from)) return false;
          const name = from.startsWith('@') ? from.split('/').slice(0, 2).join('/') : (from.split('/')[0] ?? '');
          return !allowed.packages.includes(name);
        })
        .map(({ file, from }) => `${file} imports ${from}`);
      expect(wrong).to.deep.equal([]);
    });

    it(`lets ${room} import no room that it does not need`, () => {
      const own = all.filter((item) => item.room === room);
      const used = own.map(({ file, from }) => path.join(path.dirname(file), from).split(path.sep)[0]);
      expect(used).to.include.members([...allowed.rooms]);
    });
  }
});

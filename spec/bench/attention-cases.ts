import { existsSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Case } from './case.ts';
import type { Multiplexer } from './multiplexer.ts';

const SESSIONS = 30;
/** What Claude Code shows while it works: a title and a line that change ten times a second, below a screen of text. */
const SPINNER = `for i in $(seq 40); do echo "line $i of what was said before"; done; while :; do for c in ⠂ ⠐ ⠠ ⠄; do printf "\\033]0;$c Fix\\007\\r✻ Pondering… ($c · esc to interrupt)"; sleep 0.1; done; done`;

/** Runs it in all sessions by a shell that is called `name`: an agent is known by the name of its program. */
async function spinning(side: Multiplexer, name: string, quick: boolean): Promise<number> {
  const shell = path.join(side.folder, name);
  if (!existsSync(shell)) symlinkSync('/bin/sh', shell);
  side.start(
    ...Array.from({ length: SESSIONS }, (_, i) => ({ name: `${name}${i}`, command: `exec ${shell} -c '${SPINNER}'` })),
  );
  side.attach();
  await delay(2000);
  const before = side.processorTime();
  const seconds = quick ? 4 : 10;
  await delay(seconds * 1000);
  const used = side.processorTime() - before;
  await side.reset();
  return used / seconds / 10;
}

export const ATTENTION_CASES: readonly Case[] = [
  {
    figures: [
      { title: 'processor, 30 agents that spin', unit: '%' },
      { title: 'the same programs, of which nothing is known', unit: '%' },
    ],
    repetitions: 1,
    isLong: true,
    measure: async (side, quick) =>
      side.name === 'qmux'
        ? [await spinning(side, 'claude', quick), await spinning(side, 'nobody', quick)]
        : [Number.NaN, Number.NaN],
  },
];

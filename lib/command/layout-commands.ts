import { nearest } from '../base/nearest.ts';
import { UserError } from '../base/user-error.ts';
import { readLayout } from '../layout/layout-text.ts';
import { LAYOUT_NAMES, type LayoutName } from '../layout/named-layout.ts';
import type { Arguments, Command, CommandContext } from './command.ts';
import { type TargetPane, targetPane } from './pane-place.ts';

function arrange({ server }: CommandContext, { panes, area, session }: TargetPane, name: LayoutName): void {
  const { options } = server;
  const width = options.number('main-pane-width', session.id);
  const height = options.number('main-pane-height', session.id);
  panes.arrange(area, name, { width, height });
}

function step(context: CommandContext, args: Arguments, by: 1 | -1): void {
  const at = targetPane(context, args);
  arrange(context, at, at.panes.nextNamed(by));
}

function select(context: CommandContext, args: Arguments): void {
  const at = targetPane(context, args);
  const { panes } = at;
  if (args.has('n') || args.has('p')) arrange(context, at, panes.nextNamed(args.has('n') ? 1 : -1));
  else if (args.has('o')) {
    if (!panes.undo((session) => context.server.sessions.includes(session))) throw new UserError('no layout before');
  } else if (args.has('E')) panes.spread(at.pane);
  else choose(context, at, args.positional[0]);
}

function choose(context: CommandContext, at: TargetPane, text: string | undefined): void {
  const name = text === undefined ? at.panes.named : layoutName(text);
  if (name !== undefined) arrange(context, at, name);
  if (name !== undefined || text === undefined) return;
  const layout = readLayout(text, at.panes.layout);
  if (layout !== undefined) {
    at.panes.take(layout);
    return;
  }
  const near = nearest(text.slice(0, 40), LAYOUT_NAMES);
  const hint = near === undefined ? `; the layouts are ${LAYOUT_NAMES.join(', ')}` : `; the nearest is ${near}`;
  throw new UserError(`invalid layout: ${text.slice(0, 40)}${hint}`);
}

/** A layout by its name, or the beginning of one name alone. */
function layoutName(text: string): LayoutName | undefined {
  const exact = LAYOUT_NAMES.find((name) => name === text);
  const fitting = LAYOUT_NAMES.filter((name) => text !== '' && name.startsWith(text));
  return exact ?? (fitting.length === 1 ? fitting[0] : undefined);
}

const STEP = {
  switches: '',
  values: { t: 'target-pane' },
  positional: { usage: '', minimum: 0, maximum: 0 },
  target: 'window',
  readOnly: true,
} as const;

/** Commands that arrange the panes of a client. */
export const layoutCommands: readonly Command[] = [
  {
    name: 'select-layout',
    aliases: ['selectl'],
    summary: 'Arrange the panes: by name, as window_layout says, evenly (-E), or as before (-o)',
    switches: 'Enop',
    values: { t: 'target-pane' },
    positional: { usage: '[layout-name]', minimum: 0, maximum: 1 },
    target: 'window',
    readOnly: true,
    run: select,
  },
  {
    name: 'next-layout',
    aliases: ['nextl'],
    summary: 'Arrange the panes as the next named layout',
    ...STEP,
    run: (context, args) => step(context, args, 1),
  },
  {
    name: 'previous-layout',
    aliases: ['prevl'],
    summary: 'Arrange the panes as the previous named layout',
    ...STEP,
    run: (context, args) => step(context, args, -1),
  },
];

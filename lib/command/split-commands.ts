import { clampSize } from '../base/geometry.ts';
import { UserError } from '../base/user-error.ts';
import { rects, type SplitOptions, zoom } from '../layout/layout.ts';
import type { Session } from '../session/session.ts';
import type { Arguments, Command, CommandContext } from './command.ts';
import { createSession, SHELL_COMMAND, sayFirst } from './new-session-commands.ts';
import { activePane, cellsOf, findPane, sourcePane, type TargetPane, targetPane } from './pane-place.ts';
import { expand, isReadOnly, targetPlace } from './place.ts';
import { findSession } from './target.ts';

const PLACE = '#{session_name}:#{window_index}.#{pane_index}';

/** How a pane is split: `-h`, `-b`, `-f`, `-l`, `-p`. */
function splitOptions(args: Arguments, { panes, area, pane }: TargetPane): SplitOptions {
  const direction = args.has('h') ? 'horizontal' : 'vertical';
  const rect = args.has('f') ? area : (rects(zoom(panes.layout, undefined), area).panes.get(pane) ?? area);
  const whole = direction === 'horizontal' ? rect.width : rect.height;
  const [size, share] = [args.value('l'), args.value('p')];
  const cells =
    size !== undefined
      ? cellsOf(size, whole, '-l')
      : share !== undefined
        ? cellsOf(`${share}%`, whole, '-p')
        : undefined;
  return { direction, before: args.has('b'), full: args.has('f'), ...(cells === undefined ? {} : { size: cells }) };
}

function place(args: Arguments, at: TargetPane, session: Session): void {
  if (at.panes.paneOf(session) !== undefined) throw new UserError(`${session.name} has a pane here already`);
  const options = { ...splitOptions(args, at), activate: !args.has('d'), zoom: args.has('Z') };
  if (!at.panes.split(at.area, at.pane, session, options)) throw new UserError('no space for new pane');
}

async function runSplit(context: CommandContext, args: Arguments): Promise<void> {
  const named = args.value('show');
  if (named !== undefined && args.positional.length > 0) throw new UserError('--show NAME takes no command');
  const target = named === undefined ? activePane(context, args) : targetPane(context, args);
  const shown = named === undefined ? shownHere(context, args, target) : findSession(named, targetPlace(context));
  const at = named === undefined && shown !== undefined ? findPane(context, '') : target;
  if (shown !== undefined) {
    place(args, at, shown);
    said(context, args, shown);
    return;
  }
  if (isReadOnly(context)) throw new UserError('client is read-only');
  const room = at.panes.roomFor(at.area, at.pane, splitOptions(args, at));
  if (room === undefined) throw new UserError('no space for new pane');
  const { session: before } = context;
  const size = clampSize(room.width, room.height);
  const session = await createSession(context, args, undefined, { size });
  place(args, at, session);
  said(context, args, session);
  if (args.has('d') && before !== undefined) context.use(before);
  await sayFirst(context, session, args);
}

/** A person who names a session that is not on the screen wants it there; a script wants its own layout split. */
function shownHere({ caller, client }: CommandContext, args: Arguments, target: TargetPane): Session | undefined {
  const asks = caller.kind === 'client' && args.has('t') && args.positional.length === 0;
  return asks && target.client !== client ? target.session : undefined;
}

function said(context: CommandContext, args: Arguments, session: Session): void {
  if (args.has('P')) context.print(expand(context, args.value('F') ?? PLACE, { session }));
}

/** Shows a session beside another; one that has a pane there moves. */
function runJoin(context: CommandContext, args: Arguments): void {
  const at = targetPane(context, args);
  const from = sourcePane(context, args);
  const source = from.session;
  if (source === at.session) throw new UserError('source and target panes must be different');
  const options = splitOptions(args, at);
  const own = at.panes.paneOf(source);
  if (own === undefined && at.panes.roomFor(at.area, at.pane, options) === undefined)
    throw new UserError('no space for new pane');
  if (own !== undefined) at.panes.takeOut(own);
  // A layout that a script made is nobody's: what leaves it is shown in one place.
  else if (from.client === undefined) from.panes.takeOut(from.pane);
  place(args, at, source);
}

/** Takes a session out of the layout and shows it alone; with -d the others stay, and it goes on hidden. */
function runBreak(context: CommandContext, args: Arguments): void {
  const { panes, pane, session, client } = targetPane(context, args, args.has('s') ? 's' : 't');
  if (panes.count === 1) throw new UserError("can't break with only one pane");
  const name = args.value('n');
  if (name !== undefined) context.server.renameSession(session, expand(context, name, { session }));
  if (args.has('d') || client === undefined) panes.takeOut(pane);
  else panes.showAlone(pane);
  said(context, args, session);
}

const SIDE = { l: 'size', p: 'percentage', t: 'target-pane' } as const;

/** Commands that bring sessions side by side, and part them. */
export const splitCommands: readonly Command[] = [
  {
    name: 'split-window',
    aliases: ['splitw'],
    summary: 'Show a new session beside another, or with --show one that is there',
    switches: 'bdfhPvZ',
    values: { ...SIDE, c: 'start-directory', e: 'environment', F: 'format' },
    longs: ['chat', 'program'],
    longValues: { show: 'target-session', type: 'type', model: 'model' },
    positional: SHELL_COMMAND,
    target: 'pane',
    run: runSplit,
  },
  {
    name: 'join-pane',
    aliases: ['joinp', 'move-pane', 'movep'],
    summary: 'Show a session beside another',
    switches: 'bdfhv',
    values: { ...SIDE, s: 'source-session' },
    positional: { usage: '', minimum: 0, maximum: 0 },
    target: 'pane',
    readOnly: true,
    run: runJoin,
  },
  {
    name: 'break-pane',
    aliases: ['breakp'],
    summary: 'Show a session alone, or with -d take it out of the layout',
    switches: 'dP',
    values: { F: 'format', n: 'name', s: 'source-session', t: 'target-pane' },
    positional: { usage: '', minimum: 0, maximum: 0 },
    target: 'pane',
    readOnly: true,
    run: runBreak,
  },
];

import { UserError } from '../base/user-error.ts';
import type { Direction } from '../layout/resize.ts';
import type { Session } from '../session/session.ts';
import type { Arguments, Command, CommandContext } from './command.ts';
import { activePane, cellsOf, sourcePane, targetPane } from './pane-place.ts';
import { currentClient, expand, isReadOnly, numberFlag } from './place.ts';

const NOTHING = { usage: '', minimum: 0, maximum: 0 } as const;
const DIRECTIONS: readonly (readonly [string, Direction])[] = [
  ['L', 'left'],
  ['R', 'right'],
  ['U', 'up'],
  ['D', 'down'],
];
const DAY = 86_400_000;

const directionOf = (args: Arguments): Direction | undefined => DIRECTIONS.find(([flag]) => args.has(flag))?.[1];

/** Sets the mark on a pane, takes it from the one that has it, or with -M from whichever has it. */
function mark({ server }: CommandContext, args: Arguments, session: Session): void {
  server.marked = args.has('M') || server.marked === session ? undefined : session;
}

/** What select-pane changes of a pane without going there; false where it is to go there. */
function change(context: CommandContext, args: Arguments, session: Session): boolean {
  const title = args.value('T');
  if (!['m', 'M', 'd', 'e', 'T'].some((flag) => args.has(flag))) return false;
  if (isReadOnly(context)) throw new UserError('client is read-only');
  if (args.has('m') || args.has('M')) mark(context, args, session);
  else if (args.has('e') || args.has('d')) session.setInputOff(!args.has('e'));
  else if (title !== undefined) session.setTitle(expand(context, title, { session }));
  return true;
}

function select(context: CommandContext, args: Arguments): void {
  const { panes, area, pane, session: target } = targetPane(context, args);
  const about = args.has('l') && panes.last !== undefined ? panes.sessionOf(panes.last) : target;
  if (about !== undefined && change(context, args, about)) return;
  const direction = directionOf(args);
  const wanted = args.has('l') ? panes.last : direction === undefined ? pane : panes.beside(pane, area, direction);
  if (args.has('l') && wanted === undefined) throw new UserError('no last pane');
  if (wanted === undefined) return;
  panes.select(wanted, args.has('Z'));
  const session = panes.sessionOf(wanted);
  if (session !== undefined) context.use(session);
}

function resize(context: CommandContext, args: Arguments): void {
  if (args.has('M')) {
    currentClient(context).keys.dragBorder();
    return;
  }
  const { panes, area, pane } = activePane(context, args);
  if (args.has('Z')) {
    panes.toggleZoom(pane);
    return;
  }
  const [columns, rows] = [args.value('x'), args.value('y')];
  if (columns !== undefined) panes.setSize(area, pane, 'horizontal', cellsOf(columns, area.width, '-x'));
  if (rows !== undefined) panes.setSize(area, pane, 'vertical', cellsOf(rows, area.height, '-y'));
  const direction = directionOf(args);
  const by = adjustment(args.positional[0]);
  if (direction !== undefined) panes.resize(area, pane, direction, by);
}

function adjustment(text: string | undefined): number {
  if (text === undefined) return 1;
  if (/^\d{1,5}$/.test(text)) return Number(text);
  throw new UserError(`adjustment invalid: ${text.slice(0, 40)}`);
}

/** Both stay where they are shown otherwise; the target is the active one then, or with -d the place that was. */
function swap(context: CommandContext, args: Arguments): void {
  const { panes, pane, session, client } = targetPane(context, args);
  const steps = args.has('D') ? 1 : args.has('U') ? -1 : 0;
  const other = steps === 0 ? sourcePane(context, args) : undefined;
  const source = other === undefined ? panes.after(pane, steps) : panes.paneOf(other.session);
  if (source === undefined && other !== undefined) {
    // It stands elsewhere, or nowhere: each takes the other's place. What other people look at stays.
    if (other.client === client) other.panes.put(other.pane, session);
    panes.put(pane, other.session);
  }
  if (source === undefined || source === pane) return;
  const active = panes.active;
  panes.swap(pane, source);
  if (!args.has('d')) panes.select(pane, args.has('Z'));
  else if (active === pane || active === source) panes.select(active === pane ? source : pane);
}

async function display(context: CommandContext, args: Arguments): Promise<void> {
  const client = currentClient(context);
  const { options } = context.server;
  const time = args.has('N') ? 0 : (numberFlag(args, 'd', 0, DAY) ?? options.number('display-panes-time'));
  const session = await client.dialogs.choosePane(time === 0 ? undefined : time);
  if (session === undefined) return;
  const template = args.positional[0];
  if (template === undefined) client.show(session);
  else await context.runLine(template.replaceAll('%%', `%${session.id}`));
}

const PANE = { values: { t: 'target-pane' }, positional: NOTHING, target: 'pane', readOnly: true } as const;

/** Commands on the panes of a client. */
export const paneCommands: readonly Command[] = [
  {
    name: 'select-pane',
    aliases: ['selectp'],
    summary: 'Type into another pane; or mark one (-m), give it a title (-T), let it take no input (-d, -e)',
    switches: 'dDelLmMRUZ',
    ...PANE,
    values: { t: 'target-pane', T: 'title' },
    run: select,
  },
  {
    name: 'last-pane',
    aliases: ['lastp'],
    summary: 'Type into the pane that was active before',
    switches: 'deZ',
    ...PANE,
    run: (context, args) => {
      const { panes } = targetPane(context, args);
      const last = panes.last === undefined ? undefined : panes.sessionOf(panes.last);
      if (panes.last === undefined || last === undefined) throw new UserError('no last pane');
      if (!change(context, args, last)) panes.select(panes.last, args.has('Z'));
    },
  },
  {
    name: 'resize-pane',
    aliases: ['resizep'],
    summary: 'Move a border of a pane, or with -Z show the pane alone',
    switches: 'DLMRUZ',
    values: { t: 'target-pane', x: 'width', y: 'height' },
    positional: { usage: '[adjustment]', minimum: 0, maximum: 1 },
    target: 'pane',
    readOnly: true,
    run: resize,
  },
  {
    name: 'swap-pane',
    aliases: ['swapp'],
    summary: 'Exchange the places of two panes',
    switches: 'dDUZ',
    values: { s: 'source-pane', t: 'target-pane' },
    positional: NOTHING,
    target: 'pane',
    readOnly: true,
    run: swap,
  },
  {
    name: 'rotate-window',
    aliases: ['rotatew'],
    summary: 'Move every pane to the place before it, or with -D after it',
    switches: 'DUZ',
    ...PANE,
    run: (context, args) => {
      const { panes } = targetPane(context, args);
      const by = args.has('D') ? 1 : -1;
      panes.rotate(by);
      // The place that was active stays it.
      panes.select(panes.after(panes.active, -by), args.has('Z'));
    },
  },
  {
    name: 'display-panes',
    aliases: ['displayp'],
    summary: 'Show the numbers of the panes; a digit goes to one',
    switches: 'N',
    values: { d: 'duration', t: 'target-client' },
    positional: { usage: '[template]', minimum: 0, maximum: 1 },
    target: 'client',
    readOnly: true,
    run: display,
  },
];

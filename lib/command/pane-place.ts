import type { PaneId } from '../base/id.ts';
import { UserError } from '../base/user-error.ts';
import type { Session } from '../session/session.ts';
import type { Arguments, CommandContext } from './command.ts';
import type { PanePlace } from './command-server.ts';
import { activeOf, isReadOnly, targetPlace } from './place.ts';
import { findSession } from './target.ts';

/** A pane that a command is about. */
export interface TargetPane extends PanePlace {
  readonly pane: PaneId;
  readonly session: Session;
}

/** Words that mean a pane where a command is about panes, and a session elsewhere. */
const PANE_WORD = /^(?:\d{1,4}|[!+-]|\{(?:next|previous|last)\})$/;

/** The pane of `-t` (or another flag), else the present one. A read-only client arranges its own panes alone. */
export const targetPane = (context: CommandContext, args: Arguments, flag = 't'): TargetPane =>
  findPane(context, args.value(flag) ?? '');

/** The same where the name of a script's layout means its active pane. */
export const activePane = (context: CommandContext, args: Arguments): TargetPane =>
  findPane(context, args.value('t') ?? '', { ...targetPlace(context), activeOf: activeOf(context) });

/** The pane of `-s`, else the marked one, else the present one. */
export const sourcePane = (context: CommandContext, args: Arguments): TargetPane =>
  findPane(context, args.value('s') ?? (context.server.marked === undefined ? '' : '~'));

/** The pane that a target names; an empty one is the present pane. */
export function findPane(context: CommandContext, target: string, targets = targetPlace(context)): TargetPane {
  const present = context.session === undefined ? undefined : context.server.panesWith(context.session, context.client);
  const word = PANE_WORD.test(target) && present !== undefined && present.panes.count > 1 ? `.${target}` : target;
  const session = findSession(word, { ...targets, kind: 'pane' });
  const place = context.server.panesWith(session, context.client);
  if (isReadOnly(context) && place.client !== context.client) throw new UserError('client is read-only');
  const pane = place.panes.paneOf(session);
  if (pane === undefined) throw new UserError(`can't find pane: ${target}`);
  return { ...place, pane, session };
}

/** Cells of `-l`, `-x` or `-y`: a number, or a share of `whole` such as 30%. Throws UserError. */
export function cellsOf(text: string, whole: number, what: string): number {
  const [, digits, percent] = /^(\d{1,5})(%?)$/.exec(text) ?? [];
  if (digits === undefined)
    throw new UserError(`${what} needs a number of cells or a percentage, not ${text.slice(0, 40)}`);
  return percent === '%' ? Math.floor((whole * Number(digits)) / 100) : Number(digits);
}

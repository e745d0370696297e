import { type OptionDefinition, option } from './option-definition.ts';

/** By what a person is told; `osc` is the form of notification that the terminal is known to take. */
const WAYS = ['title', 'bell', 'osc', 'osc9', 'osc99', 'osc777', 'command'];
const REASONS = ['approval', 'question', 'turn-ended', 'turn-failed', 'command-ended', 'bell', 'exited'];

/** Options of how a person is told of sessions that begin to wait while nobody looks at them. */
export const NOTIFY_OPTIONS: readonly OptionDefinition[] = [
  option.words(
    'notify-on-waiting',
    'server',
    ['title', 'bell'],
    WAYS,
    'How a session that begins to wait unseen is told: title, bell, osc (or osc9, osc99, osc777), command',
    'notify.on_waiting',
  ),
  option.words(
    'notify-reasons',
    'server',
    REASONS,
    REASONS,
    'For what it must wait to be told by bell, osc and command',
    'notify.reasons',
  ),
  option.string(
    'notify-command',
    'server',
    '',
    'Shell command that is run for it where notify-on-waiting has command; QMUX_NOTICE_SESSION and others say of what',
    'notify.command',
  ),
  option.flag(
    'notify-programs',
    'server',
    true,
    'Whether notifications of programs (OSC 9, 99, 777) reach the outer terminal',
    'notify.programs',
  ),
  option.flag('mute', 'session', false, 'Whether a session gives no notice: neither when it waits nor by its bell'),
];

import { type OptionDefinition, option } from './option-definition.ts';

/** Columns of a status line at most. */
const MAXIMUM_LENGTH = 1000;

/** Options of the status line. */
export const STATUS_OPTIONS: readonly OptionDefinition[] = [
  option.flag('status', 'session', true, 'Whether there is a status line'),
  option.choice('status-position', 'session', 'bottom', ['top', 'bottom'], 'Where the status line is'),
  option.number(
    'status-interval',
    'session',
    15,
    0,
    86_400,
    'Seconds after which the status line is made anew; 0 for never',
  ),
  option.choice(
    'status-justify',
    'session',
    'left',
    ['left', 'centre', 'right', 'absolute-centre'],
    'Where the list of sessions stands',
  ),
  option.style('status-style', 'session', 'bg=colour236,fg=colour250', 'Style of the status line'),
  option.string('status-left', 'session', '', 'Format at its left'),
  option.number('status-left-length', 'session', 20, 0, MAXIMUM_LENGTH, 'Longest text at its left, in columns'),
  option.style('status-left-style', 'session', 'default', 'Style of the text at its left'),
  option.string(
    'status-right',
    'session',
    '#{?#{&&:#{session_gauge},#{e|>=:#{client_width},70}},#{session_gauge}   ,}#{?waiting_count,#[fg=yellow]#{waiting_count} waiting#[default]   ,}%H:%M',
    'Format at its right',
  ),
  option.number('status-right-length', 'session', 70, 0, MAXIMUM_LENGTH, 'Longest text at its right, in columns'),
  option.style('status-right-style', 'session', 'default', 'Style of the text at its right'),
  option.string('window-status-format', 'session', '#I:#W#F', 'Format of a session in the status line'),
  option.string('window-status-current-format', 'session', '#I:#W#F', 'Format of the session that is shown'),
  option.string('window-status-separator', 'session', '  ', 'What stands between sessions'),
  option.style('window-status-style', 'session', 'default', 'Style of a session in the status line'),
  option.style('window-status-current-style', 'session', 'fg=colour231,bold', 'Style of the session that is shown'),
  option.style('window-status-last-style', 'session', 'default', 'Style of the session shown before'),
  option.style('window-status-bell-style', 'session', 'fg=yellow', 'Style of a session that waits for you'),
  option.style('window-status-activity-style', 'session', 'default', 'Style of a session with unseen output'),
];

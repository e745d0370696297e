import { type OptionDefinition, option } from './option-definition.ts';

/** Options of what stands on the screen beside panes and status line. */
export const UI_OPTIONS: readonly OptionDefinition[] = [
  option.flag(
    'show-session-indicator',
    'server',
    true,
    'Whether sessions that wait and are not on the screen stand in its corner',
    'ui.show_session_indicator',
  ),
  option.choice(
    'indicator-position',
    'server',
    'top-right',
    ['top-right', 'top-left', 'bottom-right', 'bottom-left'],
    'The corner in which they stand',
    'ui.indicator_position',
  ),
  option.number(
    'max-indicator-sessions',
    'server',
    5,
    1,
    100,
    'How many of them are named; the others are counted',
    'ui.max_indicator_sessions',
  ),
  option.style('indicator-style', 'server', 'bg=colour236,fg=yellow', 'Style of the sessions in the corner'),
  option.number(
    'sidebar-width',
    'server',
    32,
    12,
    200,
    'Columns of the sidebar with all sessions, at most half of the screen',
    'ui.sidebar_width',
  ),
  option.choice(
    'sidebar-position',
    'server',
    'left',
    ['left', 'right'],
    'The side of the sidebar',
    'ui.sidebar_position',
  ),
];

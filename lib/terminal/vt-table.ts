/*
 * The state machine of DEC's VT500 terminals for control sequences, as worked out by Paul Williams
 * (vt100.net/emu/dec_ansi_parser), on code points below 0xA0; all that lies above counts as one.
 */
export const GROUND = 0;
export const ESCAPE = 1;
const ESCAPE_INTERMEDIATE = 2;
export const CSI_ENTRY = 3;
const CSI_PARAMETER = 4;
const CSI_INTERMEDIATE = 5;
const CSI_IGNORE = 6;
/** APC, PM, SOS and the titles of GNU screen: skipped to their end. */
export const IGNORED_STRING = 7;
const OSC_STRING = 8;
const DCS_ENTRY = 9;
const DCS_PARAMETER = 10;
export const DCS_IGNORE = 11;
const DCS_INTERMEDIATE = 12;
const DCS_PASSTHROUGH = 13;
const STATES = 14;

export const IGNORE = 0;
export const PRINT = 1;
export const EXECUTE = 2;
export const CLEAR = 3;
export const COLLECT = 4;
export const PARAMETER = 5;
export const ESCAPE_DISPATCH = 6;
export const CSI_DISPATCH = 7;
export const OSC_START = 8;
export const OSC_PUT = 9;
export const OSC_END = 10;
export const DCS_HOOK = 11;
export const DCS_PUT = 12;
export const DCS_END = 13;

/** The place in a state's row for all code points from 0xA0. */
export const NON_ASCII = 0xa0;
export const STATE_SHIFT = 8;
export const ACTION_SHIFT = 4;
export const NEXT_STATE = 15;

/** `action << 4 | next state`, by `state << 8 | code point`. What is not named aborts what was begun. */
export const TRANSITIONS = buildTable();

function buildTable(): Uint8Array {
  const table = new Uint8Array(STATES << STATE_SHIFT);
  const on = (state: number, from: number, to: number, action: number, next: number): void => {
    table.fill((action << ACTION_SHIFT) | next, (state << STATE_SHIFT) | from, ((state << STATE_SHIFT) | to) + 1);
  };
  /** The C0 controls but for CAN, SUB and ESC. */
  const controls = (state: number, action: number): void => {
    on(state, 0x00, 0x17, action, state);
    on(state, 0x19, 0x19, action, state);
    on(state, 0x1c, 0x1f, action, state);
  };

  for (let state = GROUND; state < STATES; state++) {
    on(state, 0x18, 0x18, EXECUTE, GROUND);
    on(state, 0x1a, 0x1a, EXECUTE, GROUND);
    on(state, 0x1b, 0x1b, CLEAR, ESCAPE);
    on(state, 0x80, 0x9a, EXECUTE, GROUND);
    on(state, 0x90, 0x90, CLEAR, DCS_ENTRY);
    on(state, 0x98, 0x98, IGNORE, IGNORED_STRING);
    on(state, 0x9b, 0x9b, CLEAR, CSI_ENTRY);
    on(state, 0x9c, 0x9c, IGNORE, GROUND);
    on(state, 0x9d, 0x9d, OSC_START, OSC_STRING);
    on(state, 0x9e, 0x9f, IGNORE, IGNORED_STRING);
  }

  controls(GROUND, EXECUTE);
  on(GROUND, 0x20, 0x7e, PRINT, GROUND);
  on(GROUND, NON_ASCII, NON_ASCII, PRINT, GROUND);

  controls(ESCAPE, EXECUTE);
  on(ESCAPE, 0x20, 0x2f, COLLECT, ESCAPE_INTERMEDIATE);
  on(ESCAPE, 0x30, 0x7e, ESCAPE_DISPATCH, GROUND);
  on(ESCAPE, 0x50, 0x50, CLEAR, DCS_ENTRY);
  on(ESCAPE, 0x58, 0x58, IGNORE, IGNORED_STRING);
  on(ESCAPE, 0x5b, 0x5b, CLEAR, CSI_ENTRY);
  on(ESCAPE, 0x5d, 0x5d, OSC_START, OSC_STRING);
  on(ESCAPE, 0x5e, 0x5f, IGNORE, IGNORED_STRING);
  on(ESCAPE, 0x6b, 0x6b, IGNORE, IGNORED_STRING);
  on(ESCAPE, 0x7f, 0x7f, IGNORE, ESCAPE);

  controls(ESCAPE_INTERMEDIATE, EXECUTE);
  on(ESCAPE_INTERMEDIATE, 0x20, 0x2f, COLLECT, ESCAPE_INTERMEDIATE);
  on(ESCAPE_INTERMEDIATE, 0x30, 0x7e, ESCAPE_DISPATCH, GROUND);
  on(ESCAPE_INTERMEDIATE, 0x7f, 0x7f, IGNORE, ESCAPE_INTERMEDIATE);

  for (const state of [CSI_ENTRY, CSI_PARAMETER]) {
    controls(state, EXECUTE);
    on(state, 0x20, 0x2f, COLLECT, CSI_INTERMEDIATE);
    on(state, 0x30, 0x3b, PARAMETER, CSI_PARAMETER);
    on(state, 0x40, 0x7e, CSI_DISPATCH, GROUND);
    on(state, 0x7f, 0x7f, IGNORE, state);
  }
  on(CSI_ENTRY, 0x3c, 0x3f, COLLECT, CSI_PARAMETER);
  on(CSI_PARAMETER, 0x3c, 0x3f, IGNORE, CSI_IGNORE);
  controls(CSI_INTERMEDIATE, EXECUTE);
  on(CSI_INTERMEDIATE, 0x20, 0x2f, COLLECT, CSI_INTERMEDIATE);
  on(CSI_INTERMEDIATE, 0x30, 0x3f, IGNORE, CSI_IGNORE);
  on(CSI_INTERMEDIATE, 0x40, 0x7e, CSI_DISPATCH, GROUND);
  on(CSI_INTERMEDIATE, 0x7f, 0x7f, IGNORE, CSI_INTERMEDIATE);
  controls(CSI_IGNORE, EXECUTE);
  on(CSI_IGNORE, 0x20, 0x3f, IGNORE, CSI_IGNORE);
  on(CSI_IGNORE, 0x40, 0x7e, IGNORE, GROUND);
  on(CSI_IGNORE, 0x7f, 0x7f, IGNORE, CSI_IGNORE);
  on(CSI_IGNORE, NON_ASCII, NON_ASCII, IGNORE, CSI_IGNORE);

  controls(IGNORED_STRING, IGNORE);
  on(IGNORED_STRING, 0x20, 0x7f, IGNORE, IGNORED_STRING);
  on(IGNORED_STRING, NON_ASCII, NON_ASCII, IGNORE, IGNORED_STRING);

  controls(OSC_STRING, IGNORE);
  on(OSC_STRING, 0x20, 0x7f, OSC_PUT, OSC_STRING);
  on(OSC_STRING, NON_ASCII, NON_ASCII, OSC_PUT, OSC_STRING);
  on(OSC_STRING, 0x07, 0x07, OSC_END, GROUND);
  on(OSC_STRING, 0x18, 0x18, OSC_END, GROUND);
  on(OSC_STRING, 0x1a, 0x1a, OSC_END, GROUND);
  on(OSC_STRING, 0x1b, 0x1b, OSC_END, ESCAPE);
  on(OSC_STRING, 0x9c, 0x9c, OSC_END, GROUND);

  for (const state of [DCS_ENTRY, DCS_PARAMETER]) {
    controls(state, IGNORE);
    on(state, 0x20, 0x2f, COLLECT, DCS_INTERMEDIATE);
    on(state, 0x30, 0x3b, PARAMETER, DCS_PARAMETER);
    on(state, 0x40, 0x7e, DCS_HOOK, DCS_PASSTHROUGH);
    on(state, 0x7f, 0x7f, IGNORE, state);
  }
  on(DCS_ENTRY, 0x3c, 0x3f, COLLECT, DCS_PARAMETER);
  on(DCS_PARAMETER, 0x3c, 0x3f, IGNORE, DCS_IGNORE);
  controls(DCS_INTERMEDIATE, IGNORE);
  on(DCS_INTERMEDIATE, 0x20, 0x2f, COLLECT, DCS_INTERMEDIATE);
  on(DCS_INTERMEDIATE, 0x30, 0x3f, IGNORE, DCS_IGNORE);
  on(DCS_INTERMEDIATE, 0x40, 0x7e, DCS_HOOK, DCS_PASSTHROUGH);
  on(DCS_INTERMEDIATE, 0x7f, 0x7f, IGNORE, DCS_INTERMEDIATE);
  controls(DCS_IGNORE, IGNORE);
  on(DCS_IGNORE, 0x20, 0x7f, IGNORE, DCS_IGNORE);
  on(DCS_IGNORE, NON_ASCII, NON_ASCII, IGNORE, DCS_IGNORE);
  controls(DCS_PASSTHROUGH, DCS_PUT);
  on(DCS_PASSTHROUGH, 0x20, 0x7e, DCS_PUT, DCS_PASSTHROUGH);
  on(DCS_PASSTHROUGH, 0x7f, 0x7f, IGNORE, DCS_PASSTHROUGH);
  on(DCS_PASSTHROUGH, NON_ASCII, NON_ASCII, DCS_PUT, DCS_PASSTHROUGH);
  on(DCS_PASSTHROUGH, 0x18, 0x18, DCS_END, GROUND);
  on(DCS_PASSTHROUGH, 0x1a, 0x1a, DCS_END, GROUND);
  on(DCS_PASSTHROUGH, 0x1b, 0x1b, DCS_END, ESCAPE);
  on(DCS_PASSTHROUGH, 0x9c, 0x9c, DCS_END, GROUND);
  return table;
}

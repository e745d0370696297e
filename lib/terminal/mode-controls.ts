import type { ControlTable } from './control.ts';
import { moveTo, restoreCursor, saveCursor } from './cursor-controls.ts';
import type { EngineCore } from './engine-core.ts';
import { selectGraphicRendition } from './graphic-rendition.ts';
import { PLAIN_STYLE, PROTECTED } from './style-table.ts';
import type { VtParameters } from './vt-parameters.ts';

/** DECSET and DECRST of one mode. */
function setPrivate(core: EngineCore, mode: number, on: boolean): void {
  core.modes.setPrivate(mode, on);
  switch (mode) {
    case 2:
      if (on) core.charsets.clear();
      return;
    case 6:
      moveTo(core, 0, 0);
      return;
    case 69:
      if (!on) openSides(core);
      return;
    case 1048:
      if (on) saveCursor(core);
      else restoreCursor(core);
      return;
    case 47:
    case 1047:
    case 1049:
      setAlternate(core, on, mode === 1049);
      return;
    default:
  }
}

/** Margins at the sides are only while DECLRMM is set. */
function openSides({ normal, alternate }: EngineCore): void {
  for (const screen of [normal, alternate]) screen.setSides(0, screen.columns - 1);
}

/** XTRESTORE of one mode; the cursor stays where it is. */
function restorePrivate(core: EngineCore, mode: number): void {
  const on = core.modes.savedChange(mode);
  if (on === undefined) return;
  if (mode === 6) core.modes.setPrivate(mode, on);
  else setPrivate(core, mode, on);
}

function setAlternate(core: EngineCore, on: boolean, withCursor: boolean): void {
  if (on) {
    if (withCursor) saveCursor(core);
    core.showAlternate();
  } else {
    core.showNormal();
    if (withCursor) restoreCursor(core);
  }
}

/** DECSTR. */
function softReset(core: EngineCore): void {
  const { screen, pen, modes, charsets } = core;
  openSides(core);
  screen.openMargins();
  screen.saved = undefined;
  pen.reset();
  modes.softReset();
  charsets.reset();
}

/** RIS, but that the history stays. */
export function fullReset(core: EngineCore): void {
  const { alternate, normal, pen, modes, charsets } = core;
  core.showNormal();
  pen.reset();
  modes.reset();
  charsets.reset();
  normal.saved = undefined;
  alternate.saved = undefined;
  normal.clear(PLAIN_STYLE);
}

function pushStyle({ pen }: EngineCore, { length, values }: VtParameters): void {
  pen.push([...values.subarray(0, length)].filter((value) => value > 0));
}

/** Sequences that set modes and the look of text (ECMA-48, DEC STD 070, xterm's ctlseqs, kitty's keyboard protocol). */
export const MODE_CONTROLS: ControlTable = {
  m: ({ pen }, parameters) => selectGraphicRendition(pen, parameters),
  h: ({ modes }, { length, values }) => {
    for (let index = 0; index < length; index++) modes.setAnsi(values[index] ?? 0, true);
  },
  l: ({ modes }, { length, values }) => {
    for (let index = 0; index < length; index++) modes.setAnsi(values[index] ?? 0, false);
  },
  '?h': (core, { length, values }) => {
    for (let index = 0; index < length; index++) setPrivate(core, values[index] ?? 0, true);
  },
  '?l': (core, { length, values }) => {
    for (let index = 0; index < length; index++) setPrivate(core, values[index] ?? 0, false);
  },
  '?s': ({ modes }, { length, values }) => {
    for (let index = 0; index < length; index++) modes.save(values[index] ?? 0);
  },
  '?r': (core, { length, values }) => {
    for (let index = 0; index < length; index++) restorePrivate(core, values[index] ?? 0);
  },
  '#{': pushStyle,
  '#p': pushStyle,
  '#}': ({ pen }) => pen.pop(),
  '#q': ({ pen }) => pen.pop(),
  '*x': ({ modes }, { first }) => {
    if (first <= 2) modes.changesRectangles = first === 2;
  },
  '!p': (core) => softReset(core),
  // DECSCL: of the levels we have but one; the second parameter tells how replies spell C1.
  '"p': ({ modes }, parameters) => {
    if (parameters.length > 1) modes.repliesInEightBits = parameters.first > 61 && parameters.value(1) !== 1;
  },
  ' q': ({ modes }, { first }) => modes.setCursorStyle(first),
  '"q': ({ pen }, { first }) => {
    if (first === 1) pen.change(0, PROTECTED);
    else if (first === 0 || first === 2) pen.change(PROTECTED, 0);
  },
  '>u': ({ modes }, { first }) => modes.keyboard.push(first),
  '<u': ({ modes }, { first }) => modes.keyboard.pop(first),
  '=u': ({ modes }, parameters) =>
    modes.keyboard.set(parameters.first, parameters.length > 1 ? parameters.value(1) : 1),
  '>m': ({ modes }, parameters) => {
    const { first, length } = parameters;
    if (first === 4 || (first === 0 && length === 1)) modes.setModifyOtherKeys(parameters.value(1));
  },
  '>n': ({ modes }, { first }) => {
    if (first === 4) modes.setModifyOtherKeys(0);
  },
};

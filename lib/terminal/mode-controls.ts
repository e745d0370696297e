import type { ControlTable } from './control.ts';
import { moveTo, restoreCursor, saveCursor } from './cursor-controls.ts';
import type { EngineCore } from './engine-core.ts';
import { selectGraphicRendition } from './graphic-rendition.ts';
import { PLAIN_STYLE, PROTECTED } from './style-table.ts';

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
function softReset({ screen, pen, modes, charsets }: EngineCore): void {
  screen.top = 0;
  screen.bottom = screen.height - 1;
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
  '!p': (core) => softReset(core),
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

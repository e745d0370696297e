import { cutUnits, shorten } from './cut.ts';

/**
 * Controls, line and paragraph separators, what changes the direction of text, what is invisible but counts, and tags:
 * letters that nobody sees, but for those that make a flag of a part of a country.
 */
const UNSAFE =
  /[\p{Cc}\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|\u034f|\p{Surrogate}|(?<!\u{1f3f4}[\u{e0020}-\u{e007e}]{0,7})[\u{e0000}-\u{e007f}]/gu;
/** Unicode's pictures of the C0 controls, in their order; the one of DEL. */
const CONTROL_PICTURES = 0x2400;
const DELETE = 0x7f;
const DELETE_PICTURE = '\u2421';

/**
 * Text from outside as one line that shows all of itself: escapes, controls and bidi controls become pictures or code
 * points in angle brackets. What is longer than `maximum` UTF-16 units is cut, with an ellipsis; `maximum` bounds the
 * text before controls are made visible.
 */
export function sanitize(text: string, maximum = 4096): string {
  return shorten(text, maximum).replace(UNSAFE, visible);
}

/** Text from outside without controls and bidi controls, cut to `maximum` UTF-16 units. `keep` names controls to spare. */
export function stripControls(text: string, maximum = 4096, keep = ''): string {
  return cutUnits(text, maximum).replace(UNSAFE, (control) => {
    if (keep.includes(control)) return control;
    return isSurrogate(control) ? '\ufffd' : '';
  });
}

function visible(control: string): string {
  const point = control.codePointAt(0) ?? 0;
  if (point < 0x20) return String.fromCharCode(CONTROL_PICTURES + point);
  if (point === DELETE) return DELETE_PICTURE;
  if (isSurrogate(control)) return '\ufffd';
  return `<${point.toString(16).padStart(4, '0')}>`;
}

const isSurrogate = (character: string): boolean => /^[\ud800-\udfff]$/.test(character);

/** The first `units` UTF-16 units of a text, but never half a character. */
export function cutUnits(text: string, units: number): string {
  if (text.length <= units) return text;
  const last = text.charCodeAt(units - 1);
  return text.slice(0, Math.max(0, last >= 0xd800 && last <= 0xdbff ? units - 1 : units));
}

/** A text of at most `maximum` UTF-16 units, with an ellipsis at its end where it was longer. */
export const shorten = (text: string, maximum: number): string =>
  text.length > maximum ? `${cutUnits(text, maximum - 1)}…` : text;

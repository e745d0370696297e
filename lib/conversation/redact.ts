import { sanitize } from '../text/sanitize.ts';

/** What keys look like, also when they are half masked; and what stands behind `Bearer`. */
const KEY_LIKE =
  /\b(?:sk|pk|rk|gsk|xai|key|hf|nvapi|AIza)[-_][\w*.…-]{6,}|\bAIza[\w-]{20,}|\b(?:Bearer|Basic)\s+[\w.~+/=*-]{6,}/gi;
/** Units of text that are looked at. */
const MAXIMUM_INPUT = 1 << 16;
/** A shorter secret is no secret, and taking it out would make holes in words. */
const MINIMUM_SECRET = 4;
/** Units at the start of a secret that are not shown either, whatever follows them. */
const START = 8;

/** The text without the secrets, without their starts, and without anything else that looks like a key. */
function withoutSecrets(text: string, secrets: readonly string[]): string {
  let clean = text.slice(0, MAXIMUM_INPUT);
  for (const secret of secrets) {
    if (secret.length < MINIMUM_SECRET) continue;
    clean = clean.replaceAll(secret, '[key]');
    if (secret.length >= 2 * START)
      clean = clean.replace(new RegExp(`${escaped(secret.slice(0, START))}\\S*`, 'g'), '[key]');
  }
  return clean.replace(KEY_LIKE, '[key]');
}

/**
 * What an endpoint says of a fault, as one short line for the person: no secret, no control, and nothing of a web page.
 * Empty when there is nothing to show.
 */
export function shownDetail(text: string, secrets: readonly string[]): string {
  if (/<(?:!doctype|html|head|body|title|center|h1)\b/i.test(text.slice(0, MAXIMUM_INPUT))) return '';
  const line = withoutSecrets(text, secrets).replace(/\s+/g, ' ').trim();
  return sanitize(line, 200).replace(/[.:;,\s]+$/, '');
}

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');

import { links } from './intern-table.ts';

/** Schemes that a terminal may be asked to open; nothing else is made a link. */
const SCHEMES = new Set(['http:', 'https:', 'mailto:', 'file:']);
/** VTE's limit for the target of OSC 8. */
const MAXIMUM_TARGET = 2083;

/** A target as a terminal may be given it, in printable ASCII: names in other scripts in their coded form. */
export function safeTarget(target: string): string | undefined {
  if (target.length > MAXIMUM_TARGET || !/^[a-z]{4,6}:/i.test(target)) return undefined;
  try {
    const { protocol, href } = new URL(target);
    return SCHEMES.has(protocol) && href.length <= MAXIMUM_TARGET && /^[!-~]+$/.test(href) ? href : undefined;
  } catch {
    return undefined;
  }
}

/** The id of a hyperlink to a safe target; its pieces on several rows are one link. */
export const linkTo = (target: string): number => links.intern(`${hash(target)};${target}`);

/** FNV-1a, as a short name. */
function hash(text: string): string {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  return (value >>> 0).toString(36);
}

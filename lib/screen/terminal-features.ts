import { OVERLINE, STRIKETHROUGH } from '../text/style.ts';
import type { Capabilities } from './capabilities.ts';

/** tmux's names of what terminals can do; those of what every terminal of ours must have are left out. */
const FEATURES: Readonly<Record<string, (now: Capabilities) => Partial<Capabilities>>> = {
  '256': ({ colors }) => (colors === 'rgb' ? {} : { colors: '256' }),
  bpaste: () => ({ bracketedPaste: true }),
  cstyle: () => ({ cursorShape: true }),
  extkeys: () => ({ modifyOtherKeys: true }),
  focus: () => ({ focusEvents: true }),
  hyperlinks: () => ({ hyperlinks: true }),
  mouse: () => ({ mouse: true }),
  overline: ({ attributes }) => ({ attributes: attributes | OVERLINE }),
  rgb: () => ({ colors: 'rgb' }),
  strikethrough: ({ attributes }) => ({ attributes: attributes | STRIKETHROUGH }),
  sync: () => ({ synchronizedOutput: true }),
  title: () => ({ title: true }),
  usstyle: () => ({ underlineStyles: true, underlineColor: true }),
};

/** What a person says that a terminal can do, on top of what is known of it; unknown names change nothing. */
export function withFeatures(capabilities: Capabilities, names: readonly string[]): Capabilities {
  let result = capabilities;
  for (const name of names.map((item) => item.trim().toLowerCase()))
    if (Object.hasOwn(FEATURES, name)) result = { ...result, ...FEATURES[name]?.(result) };
  return result;
}

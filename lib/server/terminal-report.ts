import type { TerminalFacts } from '../command/command-server.ts';
import type { OptionStore } from '../config/option-store.ts';
import { type Capabilities, type ColorDepth, capabilitiesOf } from '../screen/capabilities.ts';
import { withFeatures } from '../screen/terminal-features.ts';
import { featuresOf } from './client-features.ts';

const DEPTHS: Readonly<Record<ColorDepth, string>> = {
  rgb: '24-bit colours',
  '256': '256 colours',
  '16': '16 colours',
  '8': '8 colours',
  mono: 'no colours',
};

/** In the order in which they are told. */
const FEATURES: readonly (readonly [keyof Capabilities, string])[] = [
  ['utf8', 'UTF-8'],
  ['mouse', 'mouse'],
  ['title', 'title'],
  ['hyperlinks', 'hyperlinks'],
  ['underlineStyles', 'underline styles'],
  ['bracketedPaste', 'bracketed paste'],
  ['focusEvents', 'focus'],
  ['kittyKeyboard', 'kitty keyboard'],
  ['synchronizedOutput', 'synchronized output'],
];

/** What a terminal is taken for before it is asked; attached, it tells more of itself. */
export function terminalReport({ term, environment, utf8 }: TerminalFacts, options: OptionStore): string {
  if (term === '') return 'none ($TERM is not set)';
  const guess = capabilitiesOf(term, environment, utf8);
  const capabilities = withFeatures(guess, featuresOf(term, options));
  const features = FEATURES.filter(([name]) => capabilities[name] === true).map(([, text]) => text);
  const asked = capabilities.answers ? '; asked for more when attached' : '';
  return `${term}: ${[DEPTHS[capabilities.colors], ...features].join(', ')}${asked}`;
}

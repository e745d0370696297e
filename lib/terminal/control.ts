import type { EngineCore } from './engine-core.ts';
import type { VtParameters } from './vt-parameters.ts';

/** What a control sequence does. */
export type Control = (core: EngineCore, parameters: VtParameters) => void;

/** Control functions by prefix, intermediates and final character of their sequences. */
export type ControlTable = Readonly<Record<string, Control>>;

/** More of one thing in one sequence makes no difference on a screen at its largest. */
const MAXIMUM_COUNT = 1000;

/** The first parameter as a count that makes a difference. */
export const countOf = (parameters: VtParameters): number => Math.min(parameters.count, MAXIMUM_COUNT);

/** The id that the parser gives a sequence (vt-parser.ts). */
export const controlId = (characters: string): number =>
  [...characters].reduce((id, character) => id * 0x100 + character.charCodeAt(0), 0);

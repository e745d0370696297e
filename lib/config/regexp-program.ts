import { type CharacterTest, RegExpReader, type RegExpTree, Unreadable } from './regexp-reader.ts';

/** One step of a compiled expression; `next` and `other` are places in the program. */
type Instruction =
  | { readonly kind: 'character'; readonly test: CharacterTest; readonly next: number }
  | { readonly kind: 'split'; readonly next: number; readonly other: number }
  | { readonly kind: 'save'; readonly slot: number; readonly next: number }
  | { readonly kind: 'start'; readonly next: number }
  | { readonly kind: 'end'; readonly next: number }
  | { readonly kind: 'match' };

export interface RegExpProgram {
  readonly steps: readonly Instruction[];
  readonly start: number;
}

/** Bounds what `(a{99}){99}` may become. */
const MAXIMUM_PROGRAM = 1000;
/** Groups that a replacement can name. */
const MAXIMUM_GROUP = 9;

/** The program of an expression, or undefined when it cannot be read or would be too large. */
export function compileRegExp(source: string, ignoreCase: boolean): RegExpProgram | undefined {
  try {
    const tree = new RegExpReader(source, ignoreCase).read();
    const steps: Instruction[] = [];
    const emit = (instruction: Instruction): number => {
      if (steps.length >= MAXIMUM_PROGRAM) throw new Unreadable();
      return steps.push(instruction) - 1;
    };
    /** Adds what matches `item` and goes on at `next`; answers where it begins. The program is built from its end. */
    const build = (item: RegExpTree, next: number): number => {
      switch (item.kind) {
        case 'character':
          return emit({ kind: 'character', test: item.test, next });
        case 'anchor':
          return emit({ kind: item.at, next });
        case 'sequence':
          return item.items.reduceRight((after, each) => build(each, after), next);
        case 'choice':
          return item.items
            .map((each) => build(each, next))
            .reduceRight((other, first) => emit({ kind: 'split', next: first, other }));
        case 'group': {
          if (item.number > MAXIMUM_GROUP) return build(item.item, next);
          const after = emit({ kind: 'save', slot: 2 * item.number + 1, next });
          return emit({ kind: 'save', slot: 2 * item.number, next: build(item.item, after) });
        }
        case 'repeat': {
          let start = next;
          if (item.maximum === Number.POSITIVE_INFINITY) {
            start = emit({ kind: 'split', next, other: next });
            steps[start] = { kind: 'split', next: build(item.item, start), other: next };
          } else {
            for (let count = item.minimum; count < item.maximum; count++)
              start = emit({ kind: 'split', next: build(item.item, start), other: next });
          }
          for (let count = 0; count < item.minimum; count++) start = build(item.item, start);
          return start;
        }
      }
    };
    const end = emit({ kind: 'match' });
    const start = build(tree, end);
    return { steps, start: emit({ kind: 'save', slot: 0, next: start }) };
  } catch (error) {
    if (error instanceof Unreadable) return undefined;
    throw error;
  }
}

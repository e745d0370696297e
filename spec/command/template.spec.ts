import { expect } from 'chai';
import { fillTemplate } from '../../lib/command/template.ts';

describe('fillTemplate', () => {
  const cases: readonly (readonly [template: string, answers: readonly string[], expected: string])[] = [
    ['rename-session "%%"', ['a b'], 'rename-session "a b"'],
    ['a %% b %%', ['1', '2'], 'a 1 b 2'],
    ['a %2 %1 %1', ['x', 'y'], 'a y x x'],
    ['a "%%%"', ['say "$x" \\'], 'a "say \\"\\$x\\" \\\\"'],
    ['a "%1%"', ['"'], 'a "\\""'],
    ['%%', ['%%'], '%%'],
    ['%1 %9 %% %%', ['x'], 'x %9 x %%'],
    ['100% %H', ['x'], '100% %H'],
  ];
  for (const [template, answers, expected] of cases) {
    it(`fills ${template}`, () => {
      expect(fillTemplate(template, answers)).to.equal(expected);
    });
  }
});

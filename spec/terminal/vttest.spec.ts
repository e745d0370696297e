import { expect } from 'chai';
import { VttestRun, vttestFile } from '../support/vttest-run.ts';

/** Choices from vttest's menus whose screens are those of the oracle, too, and how many of them are looked at. */
const COMPARED: readonly (readonly [choices: string, name: string])[] = [
  ['1', 'cursor movements'],
  ['2', 'screen features'],
  ['3.8', "the VT100's character sets"],
  ['6.3', 'device status reports'],
  ['8', 'insertion and deletion'],
  ['11.1.6', 'soft reset'],
  ['11.3.2.7', 'DECBI'],
  ['11.3.2.8', 'DECFI'],
  ['11.3.3.9', 'insertion and deletion of columns'],
  ['11.4.2.10', 'tabs forward'],
  ['11.4.2.8', 'tabs back'],
  ['11.7.2', 'repetition'],
  ['11.7.4', 'scrolling left'],
  ['11.7.5', 'scrolling right'],
];

const half = (first: number, last: number, text: string): readonly (readonly [row: number, text: string])[] =>
  Array.from({ length: last - first + 1 }, (_, index) => [first + index, text]);
const dots = '.'.repeat(40);
const letters = (put: (letter: string) => string): readonly (readonly [row: number, text: string])[] =>
  Array.from('abcdefghijkl', (letter, y) => [y, put(letter)]);
const EMPTY_HALF = ' '.repeat(40) + dots;

/** Choices whose screens have what xterm.js has not: some rows of some screens, as vttest says that they should be. */
const MARGINS: readonly (readonly [choices: string, name: string, screens: Readonly<Record<number, readonly (readonly [row: number, text: string])[]>>])[] = [
  ['11.3.2.3.5.4.9', 'cursor movement', { 0: [[0, 'u'.repeat(40) + dots], ...half(1, 10, `l${' '.repeat(38)}r${dots}`), [11, 'd'.repeat(40) + dots]] }],
  ['11.3.2.3.5.4.10', 'CR, HT, LF and FF', { 0: [[0, 'u'.repeat(40) + dots], ...half(1, 10, `l${' '.repeat(38)}r${dots}`), [11, 'd'.repeat(40) + dots]] }],
  ['11.3.3.2.4.3.9', 'DECIC and DECDC', { 0: letters((letter) => ' '.repeat(39) + letter + dots), 1: letters((letter) => letter + ' '.repeat(39) + dots) }],
  ['11.3.3.2.4.3.10', 'IND and RI', { 1: [[0, `abcdefghijklmnopqrstuvwxyzabcdefghijklmn${dots}`], ...half(1, 11, EMPTY_HALF)], 3: [...half(0, 10, EMPTY_HALF), [11, '012345678901234567890123456789012345678'.padEnd(80, '.')]] }],
  ['11.3.3.2.4.3.11', 'IL and DL', { 1: [...half(0, 10, EMPTY_HALF), [11, `0123456789012345678901234567890123456789${dots}`]], 3: [[0, `abcdefghijklmnopqrstuvwxyzabcdefghijklmn${dots}`], ...half(1, 11, EMPTY_HALF)] }],
  ['11.3.3.2.4.3.12', 'ICH and DCH', { 0: letters((letter) => letter === 'a' ? `${' '.repeat(39)}?${dots}` : `${'?'.padStart(41 - (letter.charCodeAt(0) - 0x60))}${' '.repeat(letter.charCodeAt(0) - 0x62)}${letter}${dots}`), 1: letters((letter) => letter + ' '.repeat(39) + dots) }],
  ['11.3.3.2.4.3.13', 'BS, CR and TAB', { 0: half(0, 11, `-1234567*9_123456789_123456789_12345678+${dots}`) }],
]; // biome-ignore format: a table

const BOX = `${' '.repeat(4)}${'*'.repeat(46)}`;
const RECTANGLES: readonly (readonly [choices: string, name: string, screen: number, rows: readonly (readonly [row: number, text: string])[]])[] = [
  ['11.3.6.8', 'DECCRA', 1, [[4, BOX], [7, `    *   ${'*'.repeat(46)}`], [13, `    *****${' '.repeat(44)}*`], [16, `    ${BOX}`]]],
  ['11.3.6.9', 'DECERA', 0, [[3, 'E'.repeat(80)], [4, `EEEE${' '.repeat(71)}EEEEE`], [13, `EEEE${' '.repeat(71)}EEEEE`], [14, 'E'.repeat(80)]]],
  ['11.3.6.10', 'DECFRA', 0, [[4, `    ${'*'.repeat(71)}`], [13, `    ${'*'.repeat(71)}`], [14, '']]],
  ['11.3.6.12', 'DECSERA', 1, [[4, `EEEE${' '.repeat(71)}EEEEE`], [5, `EEEE ${'*'.repeat(69)} EEEEE`], [13, `EEEE${' '.repeat(71)}EEEEE`]]],
]; // biome-ignore format: a table

/** Only where vttest is installed. */
const runs = vttestFile === undefined ? [] : [vttestFile];

for (const file of runs)
  describe('vttest', () => {
    let run: VttestRun | undefined;
    const start = async (choices: string): Promise<VttestRun> => {
      run = new VttestRun(file);
      await run.choose(choices);
      return run;
    };
    afterEach(() => run?.end());

    for (const [choices, name] of COMPARED)
      it(`has the oracle's screens of ${name}`, async () => {
        const vttest = await start(choices);
        let screens = 0;
        for (; !vttest.isAtMenu && screens < 20; screens++) {
          expect(vttest.pair.difference(), `screen ${screens}`).to.equal(undefined);
          await vttest.next();
        }
        expect(screens).to.be.above(0);
      });

    for (const [choices, name, screens] of MARGINS)
      it(`shows ${name} between margins`, async () => {
        const vttest = await start(choices);
        for (let screen = 0; screen <= Math.max(...Object.keys(screens).map(Number)); screen++) {
          const rows = vttest.rows();
          for (const [row, text] of screens[screen] ?? [])
            expect(rows[row], `screen ${screen}, row ${row}`).to.equal(text);
          await vttest.next();
        }
      });

    for (const [choices, name, screen, wanted] of RECTANGLES)
      it(`shows ${name}`, async () => {
        const vttest = await start(choices);
        for (let seen = 0; seen < screen; seen++) await vttest.next();
        const rows = vttest.rows();
        for (const [row, text] of wanted) expect(rows[row], `row ${row}`).to.equal(text);
      });
  });

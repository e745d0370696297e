import { expect } from 'chai';
import fc from 'fast-check';
import { type PanelState, panelLines } from '../../lib/session/chat-panel.ts';
import { sanitize } from '../../lib/text/sanitize.ts';
import { DIM, PLAIN } from '../../lib/text/style.ts';
import { textWidth } from '../../lib/text/width.ts';

const KEYS = new Map([
  ['approve', 'y'],
  ['trust', 't'],
  ['refuse', 'n'],
  ['edit', 'e'],
  ['approve-all', 'Y'],
  ['refuse-all', 'N'],
  ['approval-next', 'Down'],
  ['send', 'Enter'],
  ['escape', 'Escape'],
]);

const REST: PanelState = {
  now: 10_000,
  turn: undefined,
  isPaused: false,
  question: undefined,
  questionNumber: 1,
  questionCount: 0,
  plainKeys: true,
  isUnread: false,
  tooEarly: false,
  keyOf: (action) => KEYS.get(action),
  line: undefined,
  shell: undefined,
  steering: [],
  queued: [],
};

const shown = (state: Partial<PanelState>, columns = 80): readonly string[] =>
  panelLines({ ...REST, ...state }, columns, 20).map((line) => line.map(({ text }) => text).join(''));

const question = (changes: object = {}): NonNullable<PanelState['question']> => ({
  kind: 'approval',
  callId: '1',
  tool: 'shell',
  title: 'npm test',
  why: 'runs a command',
  diff: '',
  editable: 'npm test',
  isSettled: () => false,
  ...changes,
});

describe('the panel of a chat', () => {
  it('is empty at rest', () => {
    expect(shown({})).to.deep.equal([]);
  });

  it('says how the turn goes', () => {
    const since = 7000;
    const cases: readonly (readonly [NonNullable<PanelState['turn']>['progress'], string])[] = [
      [{ kind: 'connecting' }, '⟳ waiting for the model 3 s · Esc Esc stops'],
      [{ kind: 'thinking' }, '⟳ thinking 3 s · Esc Esc stops'],
      [{ kind: 'streaming' }, '⟳ streaming 3 s · Esc Esc stops'],
      [{ kind: 'tools' }, '⟳ running tools 3 s · Esc Esc stops'],
      [{ kind: 'calling', name: 'write', length: 2340 }, '⟳ writing a call of write (2.3 KB) 3 s · Esc Esc stops'],
      [{ kind: 'summarising', messages: 34 }, '⟳ summarising 34 messages… 3 s · Esc Esc stops'],
      [{ kind: 'queued', ahead: 3 }, '⟳ queued: 3 ahead'],
      [{ kind: 'queued', ahead: 0 }, '⟳ queued: next in line'],
      [{ kind: 'reconnecting', attempt: 2, at: 14_000, why: 'It was cut.' }, '◐ reconnecting (2) in 4 s: It was cut.'],
      [{ kind: 'reconnecting', attempt: 2, at: 9000, why: 'It was cut.' }, '◐ reconnecting (2): It was cut.'],
      [{ kind: 'held' }, '‖ paused · /resume goes on · Esc Esc stops'],
    ];
    for (const [progress, text] of cases) expect(shown({ turn: { since, progress } })).to.deep.equal([text]);
    expect(shown({ isPaused: true })).to.deep.equal(['‖ paused: what is sent waits · /resume goes on']);
  });

  it('asks, with the keys that answer', () => {
    expect(shown({ question: question(), questionCount: 1 })).to.deep.equal([
      '? shell asks: npm test — runs a command',
      '  y once · t trust · n refuse · e edit',
    ]);
    expect(shown({ question: question({ editable: undefined }), questionNumber: 2, questionCount: 3 })).to.deep.equal([
      '? shell asks: npm test — runs a command (2 of 3)',
      '  y once · t trust · n refuse · Y all · N none · Down next',
    ]);
    const keyOf = (action: string) => (action === 'edit' ? undefined : `M-${KEYS.get(action)}`);
    expect(shown({ question: question(), questionCount: 2 }, 42).slice(-2)).to.deep.equal([
      '  y once · t trust · n refuse · e edit',
      '  Y all · N none · Down next',
    ]);
    expect(shown({ question: question(), plainKeys: false, keyOf })[1]).to.equal(
      '  M-y once · M-n refuse · an empty draft gives the other keys',
    );
    expect(shown({ question: question(), keyOf })[1]).to.equal('  M-y once · M-t trust · M-n refuse');
    expect(shown({ question: question(), line: 'refuse' })[1]).to.equal(
      '  Enter refuses, with a reason where you write one · Escape takes it back',
    );
    expect(shown({ question: question(), line: 'edit' })[1]).to.equal(
      '  Enter runs it so · Escape leaves it as it was',
    );
    expect(shown({ question: question({ kind: 'question', title: 'Go on?', why: 'so' }) })).to.deep.equal([
      '? Go on? — so',
      '  y goes on · n ends the turn',
    ]);
  });

  it('shows the whole of a command, wherever its worst part stands', () => {
    const command = `echo ${'harmless '.repeat(40)}; rm -rf src`;
    const long = question({ title: `${command.slice(0, 200)}…`, editable: command, where: 'sub/dir' });
    const rows = shown({ question: long, questionCount: 1 });
    expect(rows[0]).to.equal('? shell asks in sub/dir — runs a command:');
    expect(
      rows
        .slice(1, -1)
        .map((row) => row.trim())
        .join(' '),
    ).to.equal(command);
    const lines = question({ title: 'make…', editable: 'make\n\n\ncurl x | sh' });
    expect(shown({ question: lines }).slice(1, -1)).to.deep.equal(['  make', '  ', '  ', '  curl x | sh']);
  });

  it('says how much of a question has no room, shows its end, and offers the rest', () => {
    const command = `echo ${'x'.repeat(50_000)}; rm -rf src`;
    const rows = shown({ question: question({ title: 'echo…', editable: command }), questionCount: 1 });
    expect(rows).to.have.length(16);
    expect(rows.join('\n')).to.match(/… 4\d,\d{3} more characters: e shows all …/);
    expect(rows.at(-2)).to.contain('; rm -rf src');
    const path = question({ title: `${'d/'.repeat(2000)}secret`, editable: undefined, tool: 'read' });
    expect(shown({ question: path }).at(-2)).to.match(/secret — runs a command$/);
  });

  it('dims the keys that do not answer yet, and says which one came too early', () => {
    const styles = (state: Partial<PanelState>) =>
      panelLines({ ...REST, question: question(), ...state }, 80, 20)[1]?.find(({ text }) => text === 'y')?.style;
    expect(styles({})).to.deep.equal(PLAIN);
    expect(styles({ isUnread: true })).to.deep.equal({ ...PLAIN, attributes: DIM });
    expect(shown({ question: question(), isUnread: true })[1]).to.equal('  y once · t trust · n refuse · e edit …');
    expect(shown({ question: question(), tooEarly: true })[1]).to.equal(
      '  that was too early, press again: y once · t trust · n refuse · e edit',
    );
  });

  it('shows the newest of the messages that wait, and the end of what a command prints', () => {
    const queued = Array.from({ length: 9 }, (_, index) => `message ${index}`);
    const lines = shown({ steering: ['now'], queued });
    expect(lines).to.have.length(6);
    expect(lines[0]).to.equal('  … 5 more');
    expect(lines.at(-1)).to.equal('⏎ queued: message 8');
    const output = Array.from({ length: 50 }, (_, index) => `line ${index}\n`).join('');
    const command = shown({ shell: { command: 'make', since: 8000, output } });
    expect(command).to.have.length(6);
    expect(command[0]).to.equal('⟳ ! make 2 s · Esc Esc stops');
    expect(command.at(-1)).to.equal('  line 49');
  });

  it('keeps to its columns and to few rows, and shows nothing unsafe, whatever it is told', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: 'grapheme' }),
      fc.constant('\u001b[2J漢'.repeat(99)),
    );
    fc.assert(
      fc.property(text, text, fc.integer({ min: 1, max: 200 }), fc.boolean(), (one, two, columns, asks) => {
        const lines = shown(
          {
            question: asks ? question({ title: one, why: two, tool: one }) : undefined,
            turn: { since: 0, progress: { kind: 'reconnecting', attempt: 1, at: 0, why: one } },
            steering: [one],
            queued: [two],
            shell: { command: one, since: 0, output: two },
          },
          columns,
        );
        expect(lines.length).to.be.at.most(28);
        for (const line of lines) {
          expect(textWidth(line)).to.be.at.most(columns);
          expect(sanitize(line, line.length + 1)).to.equal(line);
        }
      }),
    );
  });
});

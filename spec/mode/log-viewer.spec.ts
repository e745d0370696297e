import { expect } from 'chai';
import { type LogEntry, logLine, mergeEntries, readLog } from '../../lib/mode/log-line.ts';
import { LogViewer, type LogViewerOptions } from '../../lib/mode/log-viewer.ts';

const API = { id: 1, name: 'api' };
const WEB = { id: 2, name: 'web' };
const entry = (time: number, text: string, more: Partial<LogEntry> = {}): LogEntry => ({
  time,
  text,
  level: 'info',
  session: undefined,
  ...more,
});

describe('lines of a log', () => {
  it('are read with time and level, and what goes on from them too', () => {
    const lines = [
      '2026-11-21T10:02:33.123Z 4711 info session api ($1) started',
      '2026-11-21T10:02:34.000Z 4711 error a bug: Error: x',
      '        at somewhere',
      '',
      '2026-99-99T10:02:34.000Z 4711 info no time',
      '2026-11-21T10:02:34.000Z 4711 loud no level',
    ];
    const time = Date.parse('2026-11-21T10:02:34.000Z');
    expect(readLog(lines)).to.deep.equal([
      entry(Date.parse('2026-11-21T10:02:33.123Z'), 'session api ($1) started'),
      entry(time, 'a bug: Error: x', { level: 'error' }),
      entry(time, '        at somewhere', { level: 'error' }),
      entry(time, lines[4] ?? '', { level: 'error' }),
      entry(time, lines[5] ?? '', { level: 'error' }),
    ]);
    expect(readLog(['    goes on'], entry(7, 'before', { level: 'warning' }))).to.deep.equal([
      entry(7, '    goes on', { level: 'warning' }),
    ]);
  });

  it('stand in the order of their times', () => {
    const texts = mergeEntries(
      [entry(1, 'a'), entry(3, 'b'), entry(5, 'c')],
      [entry(2, 'x'), entry(3, 'y'), entry(9, 'z')],
    ).map(({ text }) => text);
    expect(texts).to.deep.equal(['a', 'x', 'b', 'y', 'c', 'z']);
  });

  it('show nothing but themselves', () => {
    const line = logLine(entry(0, 'a\x1b[31m\u202eb', { session: { id: 1, name: 'x\x07' } }));
    expect(line.map(({ text }) => text).join('')).to.match(/x␇ {2}a␛\[31m<202e>b$/);
  });
});

class Desk {
  entries: readonly LogEntry[] = [];
  left = 0;
  readonly viewer: LogViewer;

  constructor(options: Partial<LogViewerOptions> = {}) {
    this.viewer = new LogViewer({
      entries: () => this.entries,
      sessions: () => [API, WEB],
      size: () => ({ columns: 80, rows: 3 }),
      exit: () => this.left++,
      ...options,
    });
  }

  add(...more: readonly LogEntry[]): this {
    this.entries = [...this.entries, ...more];
    return this;
  }

  do(...names: readonly string[]): this {
    for (const name of names) expect(this.viewer.action(name, [], 1), name).to.equal(true);
    return this;
  }

  get view() {
    const view = this.viewer.view();
    if (view.kind !== 'text') throw new Error(view.kind);
    return view;
  }

  /** The texts in sight. */
  get shown(): readonly (string | undefined)[] {
    const { lines, top } = this.view;
    return lines.slice(top, top + 3).map((line) => line.at(-1)?.text);
  }
}

describe('the log viewer', () => {
  const numbered = (from: number, to: number) =>
    Array.from({ length: to - from }, (_, index) => entry(from + index, `line ${from + index}`));

  it('follows what comes, until somebody reads what is above', () => {
    const desk = new Desk().add(...numbered(0, 10));
    expect(desk.shown).to.deep.equal(['line 7', 'line 8', 'line 9']);
    expect(desk.add(...numbered(10, 12)).shown).to.deep.equal(['line 9', 'line 10', 'line 11']);
    expect(desk.view.title).to.contain('following');
    desk.do('up').add(...numbered(12, 14));
    expect(desk.shown).to.deep.equal(['line 8', 'line 9', 'line 10']);
    expect(desk.view.title).not.to.contain('following');
    expect(desk.do('bottom').shown).to.deep.equal(['line 11', 'line 12', 'line 13']);
    expect(desk.do('follow').add(entry(14, 'line 14')).shown).to.deep.equal(['line 11', 'line 12', 'line 13']);
    expect(desk.do('follow').shown).to.deep.equal(['line 12', 'line 13', 'line 14']);
  });

  it('goes on to follow when a key has not left its end', () => {
    const desk = new Desk().add(entry(1, 'one')).do('up', 'page-up', 'top').add(entry(2, 'two'));
    expect(desk.shown).to.deep.equal(['one', 'two']);
  });

  it('shows what weighs enough', () => {
    const levels = ['debug', 'info', 'warning', 'error'] as const;
    const desk = new Desk().add(...levels.map((level, time) => entry(time, level, { level })));
    const seen = [desk.view.lines.length];
    for (let step = 0; step < 4; step++) seen.push(desk.do('level').view.lines.length);
    expect(seen).to.deep.equal([3, 2, 1, 4, 3]);
    expect(new Desk({ level: 'error' }).add(...desk.entries).shown).to.deep.equal(['error']);
  });

  it('shows one session: its events, and what the server says of it', () => {
    const desk = new Desk({ session: WEB }).add(
      entry(1, 'status', { session: API }),
      entry(2, 'status', { session: WEB }),
      entry(3, 'session web ($2) started'),
      entry(4, 'session web-2 ($3) started'),
    );
    const texts = () => desk.view.lines.map((line) => line.at(-1)?.text);
    expect(texts()).to.deep.equal(['status', 'session web ($2) started']);
    expect(desk.do('session').view.lines).to.have.length(4);
    expect(desk.view.title).to.contain('Log: all');
    expect(desk.do('session').view.title).to.contain('Log: api');
    expect(desk.do('session-previous', 'session-previous').view.title).to.contain('Log: web');
  });

  it('searches, and is left', () => {
    const desk = new Desk().add(...numbered(0, 20));
    expect(desk.viewer.action('search-backward', ['line 3'], 1)).to.equal(true);
    expect(desk.shown).to.include('line 3');
    expect(desk.do('cancel').left).to.equal(1);
    expect(desk.viewer.action('nothing', [], 1)).to.equal(false);
  });
});

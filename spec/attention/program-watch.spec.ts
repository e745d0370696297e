import { expect } from 'chai';
import { readAgents, shippedAgents } from '../../lib/attention/agent-catalog.ts';
import type { AgentRules } from '../../lib/attention/agent-rules.ts';
import type { Claim } from '../../lib/attention/evidence.ts';
import { ProgramWatch } from '../../lib/attention/program-watch.ts';
import { Emitter } from '../../lib/base/emitter.ts';
import type { ProgramSignal } from '../../lib/session/program-session.ts';
import type { SessionEvent } from '../../lib/session/session.ts';
import { PLAIN_MODES } from '../../lib/terminal/plain-modes.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { TextRows } from '../support/text-rows.ts';

const { agents } = readAgents([shippedAgents()]);
const CLAUDE = agents.get('claude');

/** A watched program whose screen and title the spec sets. */
class Watched {
  readonly clock = new ManualClock();
  readonly events = new Emitter<SessionEvent>();
  readonly signals = new Emitter<ProgramSignal>();
  readonly claims: string[] = [];
  readonly watch: ProgramWatch;
  content = new TextRows(['']);
  title = '';
  agent: AgentRules | undefined = CLAUDE;
  group = 1;
  isDrawing = false;
  reads: boolean | undefined = false;

  constructor() {
    const { clock } = this;
    const self = this;
    this.watch = new ProgramWatch({
      session: {
        get content() {
          return self.content;
        },
        get ownTitle() {
          return self.title;
        },
        get modes() {
          return { ...PLAIN_MODES, synchronizedOutput: self.isDrawing };
        },
        events: this.events.event,
        signals: this.signals.event,
      },
      clock,
      foreground: () => ({ agent: this.agent, group: this.group }),
      reads: () => this.reads,
      onClaim: (claim) => void this.claims.push(wordOf(claim)),
    });
  }

  show(...rows: readonly string[]): void {
    this.content = new TextRows(rows);
    this.events.fire({ type: 'changed' });
  }

  setTitle(title: string): void {
    this.title = title;
    this.events.fire({ type: 'title' });
  }
}

const wordOf = (claim: Claim | undefined): string =>
  claim === undefined ? 'none' : claim.kind === 'waiting' ? claim.reason : claim.kind;

describe('the watch of a program', () => {
  let watched: Watched;

  beforeEach(() => {
    watched = new Watched();
  });

  afterEach(() => watched.watch.dispose());

  it('tells busy, asked, answered and finished from what is shown', () => {
    const { clock, claims } = watched;
    watched.show('✻ Pondering… (esc to interrupt)', '❯');
    clock.advance(1000);
    watched.show('Do you want to proceed?', '❯ 1. Yes', '2. No');
    clock.advance(1000);
    watched.show('✻ Pondering… (esc to interrupt)', '❯');
    clock.advance(1000);
    watched.show('Done.', '❯');
    clock.advance(5000);
    expect(claims).to.deep.equal(['busy', 'approval', 'busy', 'idle']);
  });

  it('believes a hook at once, and the screen when no hook follows', () => {
    const { clock, claims } = watched;
    watched.show('✻ Pondering… (esc to interrupt)', '❯');
    clock.advance(1000);
    watched.watch.say('hook', { kind: 'busy' }, 'UserPromptSubmit');
    watched.show('Interrupted by user', '❯');
    clock.advance(500);
    expect(claims).to.deep.equal(['busy']);
    clock.advance(2500);
    expect(claims).to.deep.equal(['busy', 'idle']);
    expect(watched.watch.report.verdict?.overruled?.detail).to.equal('UserPromptSubmit');
  });

  it('takes a title for what it says until the screen contradicts it', () => {
    const { clock, claims } = watched;
    watched.setTitle('⠂ Fix');
    clock.advance(1000);
    watched.show('Do you want to proceed?', '❯ 1. Yes');
    clock.advance(1000);
    expect(claims).to.deep.equal(['busy', 'approval']);
  });

  it('says nothing of other programs, and that an agent has gone', () => {
    const { clock, claims } = watched;
    watched.agent = undefined;
    watched.show('❯');
    clock.advance(3000);
    expect(claims).to.deep.equal([]);
    watched.agent = CLAUDE;
    watched.show('❯');
    clock.advance(3000);
    watched.agent = undefined;
    watched.show('$');
    clock.advance(3000);
    expect(claims).to.deep.equal(['idle', 'none']);
  });

  it('looks at a storm of changes a few times a second, and at rest never', () => {
    const { clock } = watched;
    for (let count = 0; count < 1000; count += 1) {
      watched.show(`✻ Pondering… ${count} (esc to interrupt)`);
      clock.advance(10);
    }
    expect(watched.watch.report.looks).to.be.within(30, 45);
    watched.show('Done.', '❯');
    clock.advance(60_000);
    expect(clock.armed).to.equal(0);
    const { looks } = watched.watch.report;
    clock.advance(3_600_000);
    expect(watched.watch.report.looks).to.equal(looks);
  });

  it('keeps what was claimed while no rule fits, for two seconds', () => {
    const { clock, claims } = watched;
    watched.show('Done.', '❯');
    clock.advance(3000);
    watched.show('Settings');
    clock.advance(1500);
    watched.show('Done.', '❯');
    clock.advance(3000);
    watched.show('Settings');
    clock.advance(3000);
    expect(claims).to.deep.equal(['idle', 'none']);
  });

  it('waits for the end of a frame before it looks, but not for ever', () => {
    const { clock, watch } = watched;
    watched.isDrawing = true;
    watched.show('✻ Pondering… (esc to interrupt)', '❯');
    clock.advance(150);
    expect(watch.report.looks).to.equal(0);
    clock.advance(500);
    expect(watch.report.looks).to.equal(1);
  });

  it('hears what the agent marks, and of other programs their progress alone', () => {
    const { clock, claims } = watched;
    watched.show('loading');
    clock.advance(500);
    watched.signals.fire({ type: 'progress', state: 3, percent: 0 });
    clock.advance(500);
    watched.signals.fire({ type: 'progress', state: 0, percent: 0 });
    clock.advance(3000);
    expect(claims).to.deep.equal(['busy', 'idle']);
    watched.agent = undefined;
    watched.show('$');
    clock.advance(1000);
    watched.signals.fire({ type: 'mark', mark: 'output' });
    watched.signals.fire({ type: 'progress', state: 1, percent: 50 });
    clock.advance(1000);
    watched.signals.fire({ type: 'progress', state: 0, percent: 0 });
    clock.advance(3000);
    expect(claims).to.deep.equal(['busy', 'idle', 'none', 'busy', 'none']);
  });

  it('believes a title that would tell of a question, and tells of rest', () => {
    const { clock, claims } = watched;
    watched.agent = agents.get('gemini');
    watched.setTitle('◇  Ready (project)');
    watched.show('Allow execution of [Shell]?', '● 1. Allow once');
    clock.advance(2000);
    watched.setTitle('✋  Action Required (project)');
    clock.advance(2000);
    expect(claims).to.deep.equal(['idle', 'approval']);
  });

  it('lets stand for a moment what its output showed before anything was known of it', () => {
    const { clock, claims } = watched;
    watched.show('starting');
    clock.advance(1000);
    watched.events.fire({ type: 'status', previous: 'processing' });
    watched.show('✻ Pondering… (esc to interrupt)');
    clock.advance(200);
    expect(claims).to.deep.equal([]);
    clock.advance(150);
    expect(claims).to.deep.equal(['busy']);
  });

  it('hears nothing by the marks that an agent means otherwise', () => {
    const { clock, claims } = watched;
    const rules = agents.get('pi');
    expect(rules?.ignores.has('mark')).to.equal(true);
    watched.agent = rules;
    watched.show('loading');
    clock.advance(500);
    watched.signals.fire({ type: 'mark', mark: 'output' });
    clock.advance(1000);
    expect(claims).to.deep.equal([]);
    watched.signals.fire({ type: 'progress', state: 3, percent: 0 });
    clock.advance(1000);
    expect(claims).to.deep.equal(['busy']);
  });

  it('takes a notification of an agent for what it says at that moment, until its screen goes on', () => {
    const { clock, claims } = watched;
    const notify = (body: string) => watched.signals.fire({ type: 'notification', title: 'Claude Code', body });
    watched.show('✻ Pondering… (esc to interrupt)', '❯');
    clock.advance(1000);
    notify('Claude needs your permission to use Bash');
    clock.advance(1200);
    expect(claims).to.deep.equal(['busy', 'approval']);
    watched.show('✻ Pondering…… (esc to interrupt)', '❯');
    clock.advance(1000);
    watched.show('something that no rule knows');
    clock.advance(1000);
    expect(claims).to.deep.equal(['busy', 'approval', 'busy']);
    notify('a text that says nothing');
    expect(claims).to.have.length(3);
  });

  it('takes a bell for a call where nothing else is known, and of an agent alone', () => {
    const { clock, claims } = watched;
    watched.show('nothing that a rule knows');
    clock.advance(1000);
    watched.signals.fire({ type: 'bell' });
    clock.advance(1000);
    expect(claims).to.deep.equal(['question']);
    watched.agent = undefined;
    watched.show('$');
    clock.advance(3000);
    watched.signals.fire({ type: 'bell' });
    watched.signals.fire({ type: 'notification', title: '', body: 'Claude needs your permission' });
    clock.advance(1000);
    expect(claims).to.deep.equal(['question', 'none']);
  });

  it('does not believe a program that says busy and waits for a key in silence', () => {
    const { clock, claims, watch } = watched;
    watched.agent = undefined;
    watched.reads = true;
    watch.say('report', { kind: 'busy' }, 'report-status');
    clock.advance(9000);
    expect(claims).to.deep.equal(['busy']);
    clock.advance(3000);
    expect(claims).to.deep.equal(['busy', 'idle']);
    watched.show('more');
    clock.advance(1000);
    expect(claims).to.deep.equal(['busy', 'idle', 'busy']);
  });

  it('lets a report of a command end with it, and one of a prompt with the next command', () => {
    const { clock, claims, watch } = watched;
    const other = (group: number): void => {
      watched.group = group;
      watched.show(`group ${group}`);
      clock.advance(1000);
    };
    watched.agent = undefined;
    other(1);
    watched.group = 2;
    watch.say('report', { kind: 'busy' }, 'of a script');
    clock.advance(2000);
    watched.show('more of it');
    clock.advance(2000);
    expect(claims).to.deep.equal(['busy']);
    other(1);
    clock.advance(3000);
    expect(claims).to.deep.equal(['busy', 'none']);
    watch.say('report', { kind: 'waiting', reason: 'question' }, 'of a prompt');
    clock.advance(5000);
    watched.show('$');
    clock.advance(5000);
    expect(claims.at(-1)).to.equal('question');
    other(3);
    clock.advance(3000);
    expect(claims.at(-1)).to.equal('none');
    expect(watch.report.evidence).to.deep.equal([]);
  });

  it('lets the progress of a command lapse that nobody tells again, or that is followed by a prompt', () => {
    const { clock, claims } = watched;
    const progress = () => watched.signals.fire({ type: 'progress', state: 3, percent: 0 });
    watched.agent = undefined;
    watched.show('$');
    clock.advance(1000);
    progress();
    clock.advance(14_000);
    progress();
    clock.advance(14_000);
    expect(claims).to.deep.equal(['busy']);
    clock.advance(4000);
    expect(claims).to.deep.equal(['busy', 'none']);
    progress();
    clock.advance(1000);
    watched.signals.fire({ type: 'mark', mark: 'output' });
    clock.advance(3000);
    expect(claims.at(-1)).to.equal('busy');
    watched.signals.fire({ type: 'mark', mark: 'prompt' });
    clock.advance(3000);
    expect(claims.at(-1)).to.equal('none');
  });

  it('keeps the progress of an agent, which is told once for a long turn', () => {
    const { clock, claims } = watched;
    watched.show('nothing that a rule knows');
    clock.advance(1000);
    watched.signals.fire({ type: 'progress', state: 3, percent: 0 });
    clock.advance(60_000);
    expect(claims).to.deep.equal(['busy']);
  });

  it('keeps a report for the agent that is found only after it, and forgets it with that agent', () => {
    const { clock, claims, watch } = watched;
    watch.say('hook', { kind: 'busy' }, 'SessionStart');
    watched.show('starting');
    clock.advance(1000);
    expect(claims).to.deep.equal(['busy']);
    watched.agent = undefined;
    watched.show('$');
    clock.advance(3000);
    expect(claims).to.deep.equal(['busy', 'none']);
    expect(watch.report.evidence).to.deep.equal([]);
  });

  it('gives the question on the screen with the keys that answer it', () => {
    const { clock, watch } = watched;
    watched.show('Do you want to proceed?', '❯ 1. Yes', '2. Yes, always', '3. No');
    clock.advance(1000);
    expect(watch.finding).to.deep.include({ rule: 'permission dialog, for the session too' });
    expect(watch.finding?.answer).to.deep.equal({ approve: ['1'], trust: ['2'], deny: ['Escape'] });
    watched.show('Do you want to proceed?', '❯ 1. Yes', '2. No');
    expect(watch.finding?.answer?.trust).to.equal(undefined);
  });
});

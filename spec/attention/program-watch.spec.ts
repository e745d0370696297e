import { expect } from 'chai';
import { readAgents, shippedAgents } from '../../lib/attention/agent-catalog.ts';
import type { AgentRules } from '../../lib/attention/agent-rules.ts';
import type { Claim } from '../../lib/attention/evidence.ts';
import { ProgramWatch } from '../../lib/attention/program-watch.ts';
import { Emitter } from '../../lib/base/emitter.ts';
import type { SessionEvent } from '../../lib/session/session.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { TextRows } from '../support/text-rows.ts';

const { agents } = readAgents([shippedAgents()]);
const CLAUDE = agents.get('claude');

/** A watched program whose screen and title the spec sets. */
class Watched {
  readonly clock = new ManualClock();
  readonly events = new Emitter<SessionEvent>();
  readonly claims: string[] = [];
  readonly watch: ProgramWatch;
  content = new TextRows(['']);
  title = '';
  agent: AgentRules | undefined = CLAUDE;
  asked = 0;

  constructor() {
    const { clock } = this;
    const self = this;
    this.watch = new ProgramWatch({
      session: {
        get content() {
          return self.content;
        },
        get title() {
          return self.title;
        },
        events: this.events.event,
      },
      clock,
      findAgent: () => {
        this.asked += 1;
        return this.agent;
      },
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
    expect(watched.asked).to.be.within(4, 6);
    clock.advance(60_000);
    expect(clock.armed).to.equal(0);
  });
});

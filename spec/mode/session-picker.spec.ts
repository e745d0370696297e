import { expect } from 'chai';
import { sessionPicker } from '../../lib/mode/session-picker.ts';
import type { Session } from '../../lib/session/session.ts';
import { plainSession as session } from '../support/plain-session.ts';

describe('the session picker', () => {
  const build = session(0, 'build', { preview: 'all tests pass' });
  const api = session(1, 'api', {
    status: 'waiting-for-input',
    waitingReason: 'approval',
    waitingSince: 60_000,
    seen: false,
    unread: 2,
  });
  const shell = session(2, 'zsh', {
    status: 'completed',
    exit: { exitCode: 3, signal: undefined, time: 0 },
  });

  const open = (sessions: readonly Session[] = [build, api, shell]) => {
    const done: string[] = [];
    const picker = sessionPicker({
      sessions: () => sessions,
      current: () => shell.id,
      last: () => build.id,
      accept: ({ name }) => done.push(`show ${name}`),
      exit: () => done.push('exit'),
      actions: { kill: ({ name }) => done.push(`kill ${name}`) },
      preview: ({ content }) => content,
      directory: ({ name }) => (name === 'zsh' ? '/srv/www' : '/home'),
      now: () => 250_000,
    });
    return { picker, done };
  };

  it('says of each session what one wants to know', () => {
    const view = open().picker.view();
    const texts = view.kind === 'list' ? view.items.map(({ line }) => line.map((span) => span.text).join('')) : [];
    expect(texts).to.deep.equal([
      '0: build -  processing  all tests pass',
      '1: api !  approval 3m  •2',
      '2: zsh *  exited 3',
    ]);
  });

  it('begins at the session shown, with its rows as the preview', () => {
    expect(open().picker.view()).to.deep.include({ selected: 2, preview: shell.content });
  });

  it('finds sessions by name and by what they show', () => {
    const { picker, done } = open();
    picker.paste('tests pass');
    picker.action('accept', [], 1);
    picker.action('filter-kill', [], 1);
    picker.paste('api');
    picker.action('kill', [], 1);
    expect(done).to.deep.equal(['show build', 'kill api']);
  });

  it('finds sessions by where they work', () => {
    const { picker, done } = open();
    picker.paste('srv www');
    picker.action('accept', [], 1);
    expect(done).to.deep.equal(['show zsh']);
  });

  it('goes to the next that waits, and puts those first when asked', () => {
    const asks = session(3, 'deploy', {
      status: 'waiting-for-input',
      waitingReason: 'approval',
      waitingSince: 20_000,
      seen: true,
    });
    const ended = session(4, 'ended', {
      status: 'waiting-for-input',
      waitingReason: 'turn-ended',
      waitingSince: 10_000,
      seen: false,
    });
    const rested = session(5, 'rested', { status: 'waiting-for-input', waitingReason: 'turn-ended', waitingSince: 1 });
    const { picker } = open([build, api, shell, asks, ended, rested]);
    const chosen = () => picker.selected?.session.name;
    const next = () => {
      picker.action('waiting', [], 1);
      return chosen();
    };
    expect([next(), next(), next(), next()]).to.deep.equal(['deploy', 'ended', 'api', 'deploy']);
    const names = () => picker.entries.map((entry) => entry.session.name);
    picker.action('order', [], 1);
    expect(names()).to.deep.equal(['deploy', 'api', 'ended', 'build', 'zsh', 'rested']);
    expect(chosen()).to.equal('deploy');
    picker.action('order', [], 1);
    expect(names()).to.deep.equal(['build', 'api', 'zsh', 'deploy', 'ended', 'rested']);
  });

  it('stays where it is when nothing waits', () => {
    const { picker } = open([build, shell]);
    picker.action('waiting', [], 1);
    expect(picker.selected?.session).to.equal(shell);
  });

  it('hides its preview when asked', () => {
    const { picker } = open();
    picker.action('preview', [], 1);
    expect(picker.view()).to.include({ preview: undefined });
    picker.action('preview', [], 1);
    expect(picker.view()).to.include({ preview: shell.content });
  });

  it('draws no more of many sessions than can be seen', () => {
    let drawn = 0;
    const many = Array.from({ length: 1000 }, (_, index) => session(index, `s${index}`));
    const picker = sessionPicker({
      sessions: () => many,
      current: () => many[500]?.id,
      last: () => undefined,
      preview: ({ content }) => content,
      accept: () => undefined,
      exit: () => undefined,
      rows: () => 20,
      now: () => {
        drawn += 1;
        return 0;
      },
    });
    const view = picker.view();
    expect(view).to.include({ first: 400, count: 1000, selected: 500 });
    expect(view.kind === 'list' ? view.items.length : 0).to.equal(200);
    expect(drawn).to.equal(200);
  });
});

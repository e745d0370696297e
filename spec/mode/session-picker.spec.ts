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
});

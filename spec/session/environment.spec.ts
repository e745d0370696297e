import { expect } from 'chai';
import { programEnvironment } from '../../lib/session/environment.ts';

const place = { term: 'xterm-256color', version: '1.2.3', socketPath: '/run/q', serverPid: 42, session: 7 };

describe("a program's environment", () => {
  it('says where the program runs', () => {
    expect(programEnvironment({ HOME: '/home/me', LANG: 'C' }, place)).to.deep.equal({
      HOME: '/home/me',
      LANG: 'C',
      TERM: 'xterm-256color',
      TERM_PROGRAM: 'qmux',
      TERM_PROGRAM_VERSION: '1.2.3',
      COLORTERM: 'truecolor',
      QMUX: '/run/q,42,7',
      QMUX_SESSION: '7',
    });
  });

  it('has nothing of other multiplexers and of the outer terminal', () => {
    const foreign = {
      TMUX: '/tmp/t,1,0',
      TMUX_PANE: '%1',
      STY: '1.pts',
      ZELLIJ: '0',
      KITTY_WINDOW_ID: '1',
      ITERM_PROFILE: 'x',
      VTE_VERSION: '7000',
      WT_SESSION: 'x',
      TERM_SESSION_ID: 'x',
      WINDOWID: '1',
      COLUMNS: '80',
      LINES: '24',
      TERM: 'kitty',
      TERM_PROGRAM: 'iTerm.app',
      QMUX: 'old',
      GONE: undefined,
    };
    expect(programEnvironment(foreign, place)).to.deep.equal(programEnvironment({}, place));
  });

  it('has a terminal name even where the option is empty', () => {
    expect(programEnvironment({}, { ...place, term: '' })['TERM']).to.equal('xterm-256color');
  });
});

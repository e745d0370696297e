import { expect } from 'chai';
import { Options } from '../../lib/config/options.ts';
import { terminalReport } from '../../lib/server/terminal-report.ts';

describe('the report on a terminal', () => {
  const options = new Options();

  it('names colours and features of what TERM and the environment say', () => {
    expect(terminalReport({ term: 'xterm-256color', environment: {}, utf8: true }, options)).to.equal(
      'xterm-256color: 256 colours, UTF-8, mouse, title, bracketed paste, focus; asked for more when attached',
    );
    expect(terminalReport({ term: 'xterm-256color', environment: { COLORTERM: 'truecolor' }, utf8: false }, options))
      .to.match(/^xterm-256color: 24-bit colours, mouse/)
      .and.to.contain('hyperlinks');
  });

  it('believes what the person says of it', () => {
    const own = new Options();
    own.set('terminal-features', 'vt*:RGB:sync');
    expect(terminalReport({ term: 'vt220', environment: {}, utf8: false }, own)).to.equal(
      'vt220: 24-bit colours, synchronized output',
    );
  });

  it('bears terminals that nobody knows', () => {
    expect(terminalReport({ term: 'dumb', environment: {}, utf8: false }, options)).to.equal('dumb: no colours');
    expect(terminalReport({ term: '', environment: {}, utf8: false }, options)).to.equal('none ($TERM is not set)');
  });
});

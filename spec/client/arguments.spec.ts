import { expect } from 'chai';
import { UserError } from '../../lib/base/user-error.ts';
import { help, parseArguments } from '../../lib/client/arguments.ts';

describe('the arguments of the client', () => {
  it('are none for a plain qmux', () => {
    expect(parseArguments([])).to.deep.include({ show: undefined, command: [], utf8: false, features: [] });
  });

  it('are flags, apart or together, up to the command', () => {
    expect(parseArguments(['-2u', '-Lwork', '-f', 'c.toml', '-TRGB,,sync', 'new', '-d', '-L', 'x'])).to.deep.include({
      utf8: true,
      socketName: 'work',
      configFile: 'c.toml',
      features: ['256', 'RGB', 'sync'],
      command: ['new', '-d', '-L', 'x'],
    });
    expect(parseArguments(['-rNvS', 's'])).to.deep.include({
      readOnly: true,
      noStart: true,
      verbose: true,
      socketPath: 's',
    });
    expect(parseArguments(['-u', '--', '-x']).command).to.deep.equal(['-x']);
  });

  it('show version and help', () => {
    for (const word of ['-V', '--version']) expect(parseArguments([word]).show).to.equal('version');
    for (const word of ['-h', '--help', 'help']) expect(parseArguments([word]).show).to.equal('help');
    expect(parseArguments(['help', 'x']).show).to.equal(undefined);
    expect(help()).to.match(/^usage: qmux /);
  });

  it('are refused with the usage', () => {
    expect(() => parseArguments(['-Q'])).to.throw(UserError, /unknown flag -Q \(qmux --help lists all\)\nusage/);
    expect(() => parseArguments(['--frob'])).to.throw(UserError, /unknown flag --frob/);
    expect(() => parseArguments(['-L'])).to.throw(UserError, /-L needs a value/);
  });
});

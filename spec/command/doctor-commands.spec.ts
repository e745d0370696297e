import { expect } from 'chai';
import { CommandPlace } from '../support/command-place.ts';

describe('doctor', () => {
  it('tells about version, server, terminal, files and endpoint, and ends with what to do', async () => {
    const lines = (await new CommandPlace().run('doctor')).split('\n');
    expect(lines[0]).to.match(/^qmux 0\.0\.0, node v\d+/);
    expect(lines.slice(1)).to.deep.equal([
      'server: pid 1, socket /tmp/qmux',
      'terminal: : a terminal',
      'configuration: none',
      'endpoint:',
      '  looked at nothing',
      'Chats use the guide.',
      '',
    ]);
  });
});

import { expect } from 'chai';
import { Workplace } from '../support/workplace.ts';

describe('qmux doctor', () => {
  const workplace = new Workplace();

  after(() => workplace.dispose());

  it('starts a server, and tells of terminal, files with their problems, and the endpoint', async () => {
    workplace.writeConfig('keymap = "screen"\n[api]\ndiscover = []\nmodle = "x"\n');
    const { code, stdout, stderr } = await workplace.run(['doctor'], { environment: { LANG: 'C.UTF-8' } });
    expect({ code, stderr }).to.deep.equal({ code: 0, stderr: '' });
    const lines = stdout.trimEnd().split('\n');
    expect(lines[0]).to.match(/^qmux \d/);
    expect(lines[1]).to.contain(workplace.socketPath);
    expect(lines[2]).to.match(/^terminal: xterm-256color: 24-bit colours, UTF-8/);
    expect(lines[3]).to.match(/^configuration: .*config\.toml \(1 problem\)$/);
    expect(lines[4]).to.match(/^ {2}.*config\.toml:4: .*modle.*model/);
    expect(lines[5]).to.match(/^keymap: .*screen\.toml, prefix C-a$/);
    expect(lines[6]).to.match(/^agents: .*claude/);
    expect(lines[7]).to.equal('endpoint:');
    expect(lines.at(-1)).to.match(/^Chats have only the built-in guide/);
  });

  it('tells of a provider, and nothing of its key', async () => {
    workplace.writeConfig(
      '[api]\ndiscover = []\n[providers.work]\nbase_url = "http://127.0.0.1:1/v1"\napi_key_env = "WORK_KEY"\nmodels = ["big"]\n',
    );
    const { stdout } = await workplace.run(['doctor'], { environment: { WORK_KEY: 'sk-very-secret' } });
    expect(stdout).to.contain('work').and.to.not.contain('secret');
    expect(stdout.trimEnd().split('\n').at(-1)).to.equal('Chats use work/big; /model in a chat takes another one.');
  });
});

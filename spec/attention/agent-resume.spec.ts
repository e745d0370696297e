import { expect } from 'chai';
import { readAgents, shippedAgents } from '../../lib/attention/agent-catalog.ts';
import { isConversation, resumeCommand } from '../../lib/attention/agent-resume.ts';

const { agents } = readAgents([shippedAgents()]);

describe('resumeCommand', () => {
  const cases: readonly (readonly [readonly string[], readonly string[] | undefined])[] = [
    [['claude'], ['claude --continue']],
    [['claude --model opus'], ['claude --model opus --continue']],
    [
      ['/opt/bin/claude', '--model', 'opus'],
      ['/opt/bin/claude', '--model', 'opus', '--continue'],
    ],
    [['codex -m big'], ['codex resume --last -m big']],
    [['codex resume --last'], undefined],
    [['claude --continue'], undefined],
    [['claude', '--resume=abc'], undefined],
    [['claude -p hello'], undefined],
    [['claude fix the build'], undefined],
    [['claude "$HOME"'], undefined],
    [['claude; rm -rf x'], undefined],
    [['vim'], undefined],
    [['sh', '-c', 'claude'], undefined],
    [[''], undefined],
    [[], undefined],
  ];
  for (const [command, expected] of cases)
    it(`gives ${expected === undefined ? 'nothing' : expected.join(' ')} for ${command.join(' ') || 'no command'}`, () => {
      expect(resumeCommand(agents, command)).to.deep.equal(expected);
    });

  it('goes on with the conversation that the agent named, if it is of the same agent', () => {
    const conversation = { agent: 'claude', id: '1f0c-7' };
    expect(resumeCommand(agents, ['claude --model opus'], conversation)).to.deep.equal([
      'claude --model opus --resume 1f0c-7',
    ]);
    expect(resumeCommand(agents, ['codex', '-m', 'big'], { agent: 'codex', id: 'a1' })).to.deep.equal([
      'codex',
      'resume',
      'a1',
      '-m',
      'big',
    ]);
    expect(resumeCommand(agents, ['copilot'], { agent: 'copilot', id: 'a1' })).to.deep.equal(['copilot --resume=a1']);
    expect(resumeCommand(agents, ['codex'], conversation)).to.deep.equal(['codex resume --last']);
    expect(resumeCommand(agents, ['aider'], { agent: 'aider', id: 'a1' })).to.deep.equal([
      'aider --restore-chat-history',
    ]);
  });

  it('takes no name for one that could be a flag or more than a word', () => {
    expect(isConversation({ agent: 'claude', id: '0195-ab_c.d:e' })).to.equal(true);
    for (const id of ['--dangerous', 'a b', "a'b", '$(x)', '', 'a\n', 7, undefined, 'x'.repeat(200)])
      expect(isConversation({ agent: 'claude', id }), String(id)).to.equal(false);
    for (const value of [undefined, null, 'claude', [], { agent: 'claude' }, { agent: '../x', id: 'a' }])
      expect(isConversation(value)).to.equal(false);
  });
});

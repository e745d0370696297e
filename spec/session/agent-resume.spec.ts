import { expect } from 'chai';
import { resumeCommand } from '../../lib/session/agent-resume.ts';

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
      expect(resumeCommand(command)).to.deep.equal(expected);
    });
});

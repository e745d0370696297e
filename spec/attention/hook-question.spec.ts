import { expect } from 'chai';
import fc from 'fast-check';
import { decisionText, hookQuestion } from '../../lib/attention/hook-question.ts';

describe('the question of a hook', () => {
  it('is the tool with all that it is given, without controls', () => {
    const payload = {
      tool_name: 'Edit',
      tool_input: { file_path: '/a\x1b[2J', new_string: 'one\ntwo', replace_all: false },
      cwd: '/work',
    };
    expect(hookQuestion(payload)).to.deep.equal([
      'Edit',
      'file_path: /a␛[2J',
      'new_string:',
      '  one',
      '  two',
      'replace_all: false',
      'in /work',
    ]);
  });

  it('is none where it cannot be shown as a whole', () => {
    expect(hookQuestion({ tool_name: 'Bash', tool_input: { command: 'x'.repeat(40_000) } })).to.equal(undefined);
    expect(hookQuestion({ tool_name: 'Bash', tool_input: { command: '\n'.repeat(600) } })).to.equal(undefined);
    for (const payload of [{}, { tool_name: 'Bash' }, { tool_name: 7, tool_input: {} }, { tool_input: {} }])
      expect(hookQuestion(payload)).to.equal(undefined);
  });

  it('cuts nothing off', () => {
    const command = 'a'.repeat(20_000);
    expect(hookQuestion({ tool_name: 'Bash', tool_input: { command } })?.[1]).to.equal(`command: ${command}`);
    fc.assert(
      fc.property(fc.string(), fc.jsonValue(), (name, value) => {
        const lines = hookQuestion({ tool_name: 'Bash', tool_input: { [name]: value } });
        for (const line of lines ?? []) if (/[\p{Cc}\u202e]/u.test(line)) throw new Error('a control');
      }),
    );
  });

  it('is decided in the words of Claude Code', () => {
    expect(JSON.parse(decisionText('allow'))).to.deep.equal({
      hookSpecificOutput: { hookEventName: 'PermissionRequest', decision: { behavior: 'allow' } },
    });
    expect(JSON.parse(decisionText('deny'))).to.have.nested.property('hookSpecificOutput.decision.behavior', 'deny');
  });
});

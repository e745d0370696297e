import { expect } from 'chai';
import fc from 'fast-check';
import { readAgents, shippedAgents } from '../../lib/attention/agent-catalog.ts';
import type { HookRecipe } from '../../lib/attention/hook-recipe.ts';
import { hookReport, MAXIMUM_PAYLOAD, readPayload } from '../../lib/attention/hook-report.ts';

const { agents } = readAgents([shippedAgents()]);

function recipeOf(name: string): HookRecipe {
  const hooks = agents.get(name)?.hooks;
  if (hooks === undefined) throw new Error(`no hooks of ${name}`);
  return hooks;
}

type Payload = Readonly<Record<string, unknown>>;

const said = (name: string, event: string, payload: Payload = {}): string => {
  const report = hookReport(recipeOf(name), event, payload);
  if (report === undefined) return 'unknown';
  const { claim } = report;
  if (claim === undefined) return 'gone';
  if (claim === 'keep') return claim;
  return claim.kind === 'waiting' ? claim.reason : claim.kind;
};

describe('a report of a hook', () => {
  const cases: readonly (readonly [string, string, Payload, string])[] = [
    ['claude', 'UserPromptSubmit', { prompt: 'hi' }, 'busy'],
    ['claude', 'PreToolUse', { tool_name: 'Bash' }, 'busy'],
    ['claude', 'PreToolUse', { tool_name: 'AskUserQuestion' }, 'question'],
    ['claude', 'PermissionRequest', { tool_name: 'Bash' }, 'approval'],
    ['claude', 'Notification', { notification_type: 'permission_prompt' }, 'approval'],
    ['claude', 'Notification', { notification_type: 'idle_prompt' }, 'idle'],
    ['claude', 'Notification', { notification_type: 'auth_success' }, 'keep'],
    ['claude', 'Stop', {}, 'idle'],
    ['claude', 'Stop', { agent_id: 'a1' }, 'keep'],
    ['claude', 'PreToolUse', { agent_id: 'a1', tool_name: 'Read' }, 'busy'],
    ['claude', 'PermissionRequest', { agent_id: 'a1', tool_name: 'Bash' }, 'approval'],
    ['claude', 'SubagentStop', {}, 'unknown'],
    ['claude', 'StopFailure', { error: 'rate_limit' }, 'failed'],
    ['claude', 'SessionStart', { source: 'startup' }, 'idle'],
    ['claude', 'SessionStart', { source: 'compact' }, 'keep'],
    ['claude', 'SessionEnd', {}, 'gone'],
    ['claude', 'constructor', {}, 'unknown'],
    ['gemini', 'BeforeAgent', {}, 'busy'],
    ['gemini', 'AfterAgent', {}, 'idle'],
    ['gemini', 'Notification', { notification_type: 'ToolPermission' }, 'approval'],
    ['qwen', 'PermissionRequest', {}, 'approval'],
    ['codex', 'notify', { type: 'agent-turn-complete' }, 'unknown'],
    ['codex', 'PermissionRequest', { tool_name: 'Bash' }, 'approval'],
    ['codex', 'Stop', {}, 'idle'],
    ['copilot', 'userPromptSubmitted', {}, 'busy'],
    ['copilot', 'agentStop', {}, 'idle'],
    ['copilot', 'notification', { notification_type: 'permission_prompt' }, 'approval'],
    ['cursor', 'beforeSubmitPrompt', {}, 'busy'],
    ['cursor', 'stop', { status: 'completed' }, 'idle'],
    ['cursor', 'stop', { status: 'error' }, 'failed'],
  ];
  for (const [name, event, payload, expected] of cases)
    it(`says ${expected} for ${event} ${JSON.stringify(payload)} of ${name}`, () => {
      expect(said(name, event, payload)).to.equal(expected);
    });

  it('tells what is asked, on one line without controls', () => {
    const payload = { tool_name: 'Bash', tool_input: { command: 'rm -rf\n x\x1b[31m' } };
    expect(hookReport(recipeOf('claude'), 'PermissionRequest', payload)?.detail).to.equal(
      'PermissionRequest · Bash: rm -rf␊ x␛[31m',
    );
    const message = { notification_type: 'permission_prompt', message: 'Claude needs your permission' };
    expect(hookReport(recipeOf('claude'), 'Notification', message)?.detail).to.equal(
      'Notification/permission_prompt · Claude needs your permission',
    );
  });

  it('names the conversation, if it is a name', () => {
    const named = (payload: Payload) => hookReport(recipeOf('codex'), 'Stop', payload)?.conversation;
    expect(named({ session_id: '0195-ab' })).to.equal('0195-ab');
    expect(named({ 'thread-id': 'b973' })).to.equal('b973');
    for (const session_id of ['--x', 'a b', 7, null, '']) expect(named({ session_id })).to.equal(undefined);
  });

  it('reads what is no payload as an empty one', () => {
    expect(readPayload(Buffer.from('{"a":1}'))).to.deep.equal({ a: 1 });
    for (const text of ['', '{"a":', '[1]', 'null', '7', '\x00'])
      expect(readPayload(Buffer.from(text))).to.deep.equal({});
    expect(readPayload(Buffer.alloc(MAXIMUM_PAYLOAD + 1, ' '))).to.deep.equal({});
  });

  it('is made of anything without a failure, and stays short', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('Stop', 'Notification', 'PermissionRequest', '__proto__'),
        fc.object(),
        (event, data) => {
          const report = hookReport(recipeOf('claude'), event, data);
          if (report !== undefined && report.detail.length > 200) throw new Error('too long');
        },
      ),
    );
    fc.assert(fc.property(fc.uint8Array(), (bytes) => void readPayload(bytes)));
  });
});

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect } from 'chai';
import { type AgentCatalog, agentOf, readAgents, shippedAgents } from '../../lib/attention/agent-catalog.ts';
import { readAgentRules } from '../../lib/attention/agent-rules.ts';
import type { Claim } from '../../lib/attention/evidence.ts';
import { screenFinding, titleFinding } from '../../lib/attention/match-rules.ts';
import { notificationClaim } from '../../lib/attention/notification-claim.ts';
import { problemText } from '../../lib/config/toml-file.ts';

const BUSY: Claim = { kind: 'busy' };
const IDLE: Claim = { kind: 'idle' };
const APPROVAL: Claim = { kind: 'waiting', reason: 'approval' };
const QUESTION: Claim = { kind: 'waiting', reason: 'question' };

const { agents, problems } = readAgents([shippedAgents()]);

function rulesOf(name: string): NonNullable<ReturnType<AgentCatalog['get']>> {
  const rules = agents.get(name);
  if (rules === undefined) throw new Error(`no rules of ${name}`);
  return rules;
}

const screen = (name: string, ...rows: readonly string[]): Claim | undefined =>
  screenFinding(rulesOf(name), { rows })?.claim;

describe('the rules of agents', () => {
  it('that ship have nothing wrong, and say what they are of', () => {
    expect(problems.map(problemText)).to.deep.equal([]);
    expect([...agents.keys()]).to.include.members(['claude', 'codex', 'gemini', 'opencode', 'crush', 'qwen', 'aider']);
    for (const rules of agents.values()) {
      expect(rules.version, rules.name).to.not.equal('');
      expect(rules.screens.length, rules.name).to.be.at.least(2);
    }
  });

  const titles: readonly (readonly [string, string, Claim | undefined])[] = [
    ['claude', '⠂ Fix the tests', BUSY],
    ['claude', '✳ Fix the tests', IDLE],
    ['claude', 'claude', undefined],
    ['codex', '⠋ qmux', BUSY],
    ['codex', 'Action Required - qmux', APPROVAL],
    ['gemini', '✦ Working… (qmux)', BUSY],
    ['gemini', '✋  Action Required (qmux)', APPROVAL],
    ['gemini', '◇  Ready (qmux)', IDLE],
  ];
  for (const [name, title, claim] of titles)
    it(`take the title ${JSON.stringify(title)} of ${name} for ${JSON.stringify(claim)}`, () => {
      expect(titleFinding(rulesOf(name), title)?.claim).to.deep.equal(claim);
    });

  const notifications: readonly (readonly [string, string, string, Claim | undefined])[] = [
    ['claude', 'Claude Code', 'Claude needs your permission to use Bash', APPROVAL],
    ['claude', '', 'Claude is waiting for your input', IDLE],
    ['claude', '', 'the weather', undefined],
    ['codex', '', 'Approval requested: rm -rf build', APPROVAL],
    ['codex', '', 'I fixed the test.', IDLE],
    ['crush', 'Crush is waiting...', 'Permission required to execute tool "bash"', APPROVAL],
    ['crush', 'Crush is waiting...', 'Agent\'s turn completed in "a"', IDLE],
    ['aider', '', 'Approval requested', undefined],
  ];
  for (const [name, title, body, claim] of notifications)
    it(`take the notification ${JSON.stringify(body)} of ${name} for ${JSON.stringify(claim)}`, () => {
      expect(notificationClaim(rulesOf(name), title, body)).to.deep.equal(claim);
    });

  it('see a dialog of claude, also where its lines are broken', () => {
    expect(screen('claude', 'Bash command', 'rm -rf x', 'Do you want to proceed?', '❯ 1. Yes', '2. No')).to.deep.equal(
      APPROVAL,
    );
    expect(screen('claude', 'Do you want to', 'proceed?', '❯ 1. Yes', '2. No, and tell', 'Claude')).to.deep.equal(
      APPROVAL,
    );
    expect(screen('claude', 'Which one?', '❯ 1. Red', '2. Blue', 'Enter to select · Esc to cancel')).to.deep.equal(
      QUESTION,
    );
  });

  it('do not take what an agent quotes for a dialog', () => {
    const quoted = [
      '● It then asks "Do you want to proceed?" and',
      '❯ 1. Yes is the default.',
      '─────',
      '❯',
      '─────',
      '? for shortcuts',
    ];
    expect(screen('claude', ...quoted)).to.deep.equal(IDLE);
    expect(
      screen('claude', '● Press esc to interrupt, it says.', ...Array.from({ length: 12 }, () => 'text'), '❯'),
    ).to.deep.equal(IDLE);
  });

  it('tell a busy agent from one at its prompt', () => {
    expect(screen('claude', '✻ Pondering… (5s · esc to interrupt)', '────', '❯', '────')).to.deep.equal(BUSY);
    expect(screen('codex', '• Working (12s • esc to interrupt)', '', '› Ask Codex to do anything')).to.deep.equal(BUSY);
    expect(screen('codex', '› Explain this codebase', '', '? for shortcuts')).to.deep.equal(IDLE);
    expect(screen('aider', "Run shell command? (Y)es/(N)o/(D)on't ask again [Yes]:")).to.deep.equal(APPROVAL);
    expect(screen('aider', '───', '>')).to.deep.equal(IDLE);
  });

  it('find the agent behind what runs it', () => {
    expect(agentOf(agents, ['claude'])?.name).to.equal('claude');
    expect(agentOf(agents, ['/usr/local/bin/codex', 'resume'])?.name).to.equal('codex');
    expect(agentOf(agents, ['node', '--no-warnings', '/x/node_modules/@qwen-code/qwen-code/cli.js'])?.name).to.equal(
      'qwen',
    );
    expect(agentOf(agents, ['node', '/x/node_modules/@openai/codex/bin/codex.js'])?.name).to.equal('codex');
    expect(agentOf(agents, ['python3', '/usr/bin/aider', '--model', 'x'])?.name).to.equal('aider');
    expect(agentOf(agents, ['vim', 'claude'])).to.equal(undefined);
    expect(agentOf(agents, ['node', 'claude/server.js'])).to.equal(undefined);
    expect(agentOf(agents, [])).to.equal(undefined);
  });

  it('of a person take the place of those that ship; what is wrong is named and left out', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'qmux-agents-'));
    try {
      const text =
        'version = "mine"\n[[screens]]\nhas = ["ready"]\nclaim = "idel"\n[[screens]]\nhas = ["go"]\nclaim = "busy"\n';
      writeFileSync(path.join(folder, 'claude.toml'), text);
      const own = 'programs = 5\nnonsense = 1\n[[screens]]\nhas = ["x"]\nclaim = "busy"\nlack = ["y"]\n';
      writeFileSync(path.join(folder, 'own.toml'), own);
      const read = readAgents([folder, shippedAgents()]);
      expect(read.agents.get('claude')).to.deep.include({ version: 'mine' });
      expect(read.agents.get('claude')?.screens.length).to.equal(1);
      expect(read.agents.get('codex')?.title).to.equal('Codex');
      expect(read.problems.map(({ file, line }) => `${path.basename(file)}:${line}`)).to.deep.equal([
        'claude.toml:4',
        'own.toml:2',
        'own.toml:1',
        'own.toml:6',
      ]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('are those that ship where a person’s file cannot be read at all', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'qmux-'));
    try {
      writeFileSync(path.join(folder, 'claude.toml'), '#'.repeat(1 << 21));
      writeFileSync(path.join(folder, 'codex.toml'), '= broken');
      mkdirSync(path.join(folder, 'gemini.toml'));
      const read = readAgents([folder, shippedAgents()]);
      expect([...read.agents.keys()]).to.have.members([...agents.keys()]);
      for (const name of ['claude', 'codex', 'gemini'])
        expect(read.agents.get(name)?.version).to.equal(rulesOf(name).version);
      expect(read.problems.map(({ file }) => path.basename(file))).to.have.members([
        'claude.toml',
        'codex.toml',
        'gemini.toml',
      ]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('look only between two borders where they name them', () => {
    const data = {
      ignores: ['mark', 'screen'],
      screens: [{ claim: 'question', has: ['/^1\\./'], above: '/^-+$/', below: '/^=+$/' }],
    };
    const problems: string[] = [];
    const rules = readAgentRules('x', data, (_, text) => void problems.push(text));
    const found = (...rows: readonly string[]) => screenFinding(rules, { rows })?.claim;
    expect(problems).to.deep.equal(['ignores takes some of mark, progress, notification, bell']);
    expect([...rules.ignores]).to.deep.equal(['mark']);
    expect(found('===', '1. yes', '---')).to.deep.equal(QUESTION);
    expect(found('1. yes')).to.deep.equal(QUESTION);
    expect(found('1. yes', '===', 'no', '---')).to.equal(undefined);
    expect(found('===', 'no', '---', '1. yes')).to.equal(undefined);
  });

  it('take any data without a throw', () => {
    for (const data of [
      {},
      { screens: 1 },
      { screens: [1, { has: [''] }, { has: '/(/', claim: 'busy' }] },
      { titles: [{}] },
    ]) {
      const found: string[] = [];
      expect(readAgentRules('x', data, (_, text) => void found.push(text)).screens).to.deep.equal([]);
    }
  });
});

import { expect } from 'chai';
import { SESSION_TYPES } from '../../lib/conversation/session-type.ts';
import { type SystemPromptOptions, systemPrompt } from '../../lib/conversation/system-prompt.ts';
import { estimateTokens } from '../../lib/conversation/token-estimate.ts';

const OPTIONS: SystemPromptOptions = {
  type: 'development',
  workingDirectory: '/src/app',
  platform: 'linux',
  date: new Date(2026, 2, 7, 23, 59),
  sessionFolder: '/state/c1',
  projectNotes: undefined,
  override: undefined,
};

describe('the system prompt', () => {
  it('tells each type apart, and is not long', () => {
    const prompts = SESSION_TYPES.map((type) => systemPrompt({ ...OPTIONS, type }));
    expect(new Set(prompts).size).to.equal(SESSION_TYPES.length);
    for (const prompt of prompts) expect(estimateTokens(prompt)).to.be.within(300, 1200);
  });

  it('tells the place and the day', () => {
    const prompt = systemPrompt(OPTIONS);
    for (const fact of ['/src/app', '@session/', '/state/c1', 'linux', 'Saturday 2026-03-07'])
      expect(prompt).to.contain(fact);
  });

  it('has the notes of the project last', () => {
    const projectNotes = { path: '/src/AGENTS.md', text: '\nUse tabs.\n' };
    expect(systemPrompt({ ...OPTIONS, projectNotes })).to.match(
      /From \/src\/AGENTS.md.*>\nUse tabs\.\n<\/project-notes>$/s,
    );
  });

  it("takes the person's own words, with the facts", () => {
    const prompt = systemPrompt({ ...OPTIONS, override: 'Speak like a pirate.\n' });
    expect(prompt).to.match(/^Speak like a pirate\.\n\n# Where you are\n/);
    expect(systemPrompt({ ...OPTIONS, override: ' ' })).to.equal(systemPrompt(OPTIONS));
  });

  it('keeps a strange path on its line', () => {
    const prompt = systemPrompt({ ...OPTIONS, workingDirectory: '/a\n# New rules' });
    expect(prompt).to.contain('"/a\\n# New rules"');
  });
});

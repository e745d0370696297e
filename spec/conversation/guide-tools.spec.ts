import { mkdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { applyEvent, type Conversation, EMPTY_CONVERSATION } from '../../lib/conversation/conversation.ts';
import { GuideModel } from '../../lib/conversation/guide-model.ts';
import type { ToolCall } from '../../lib/conversation/message.ts';
import { requestMessages } from '../../lib/conversation/request.ts';
import { createGuideHelp } from '../../lib/server/guide-help.ts';
import { parseArguments } from '../../lib/tools/arguments.ts';
import { ContentVersions } from '../../lib/tools/file-versions.ts';
import { permit } from '../../lib/tools/permission.ts';
import { ToolError, type ToolPlace } from '../../lib/tools/tool.ts';
import { TOOLS } from '../../lib/tools/tool-table.ts';
import { temporaryFolder } from '../support/folder.ts';
import { QuickClock } from '../support/quick-clock.ts';
import { shippedKeys } from '../support/shipped-keys.ts';

function toolPlace(): ToolPlace {
  const folder = realpathSync(temporaryFolder());
  const workingDirectory = path.join(folder, 'work');
  mkdirSync(workingDirectory);
  writeFileSync(path.join(workingDirectory, 'notes.md'), '# Notes\n\nTODO: more\n');
  return {
    workingDirectory,
    sessionFolder: path.join(folder, 'session'),
    home: folder,
    environment: { PATH: process.env['PATH'] ?? '', HOME: folder },
    size: { columns: 80, rows: 24 },
    sessions: { list: () => [], read: () => '', ask: () => Promise.resolve('') },
    versions: new ContentVersions(),
    commandTimeout: 10_000,
  };
}

/** What the guide calls in a show, with the tools' own results, each as `tool verdict`. */
async function run(ask: string, place: ToolPlace): Promise<readonly string[]> {
  const guide = new GuideModel({ help: createGuideHelp(shippedKeys()), clock: new QuickClock() });
  const said = { type: 'said', parts: [{ text: ask, label: undefined }], time: 0 } as const;
  let conversation: Conversation = applyEvent(EMPTY_CONVERSATION, said);
  const called: string[] = [];
  for (;;) {
    const request = { system: '', messages: requestMessages(conversation), tools: TOOLS };
    for await (const event of guide.stream(request, new AbortController().signal))
      conversation = applyEvent(conversation, { type: 'turn', event, time: 0 });
    const calls = conversation.reply?.calls ?? [];
    if (calls.length === 0) return called;
    for (const call of calls) {
      const { verdict, result } = await answer(call, place);
      called.push(`${call.name} ${verdict}`);
      const change = { state: { kind: 'done', result } } as const;
      conversation = applyEvent(conversation, { type: 'call', id: call.id, change, time: 0 });
    }
    conversation = applyEvent(conversation, { type: 'settled', reason: '', time: 0 });
  }
}

async function answer(call: ToolCall, place: ToolPlace) {
  const tool = TOOLS.find(({ name }) => name === call.name);
  const args = parseArguments(call.arguments);
  if (tool === undefined || args instanceof ToolError) throw new Error(`${call.name} ${call.arguments}`);
  const prepared = await tool.prepare(args, place);
  const verdict = permit({ tool: tool.name, risk: tool.risk, access: prepared.access }, { tools: new Set() }, place);
  const { ok, text } = await prepared.run({ signal: new AbortController().signal, onOutput: () => undefined });
  expect(ok, text).to.equal(true);
  return { verdict: verdict.kind, result: text };
}

describe('the calls of the guide', () => {
  it('read without asking', async () => {
    expect(await run('show tools', toolPlace())).to.deep.equal(['list run', 'glob run', 'grep run', 'read run']);
  });

  it('ask before a command runs', async () => {
    expect(await run('show approval', toolPlace())).to.deep.equal(['shell ask']);
    expect(await run('tour', toolPlace())).to.deep.equal(['shell ask']);
    expect(await run('show many', toolPlace())).to.deep.equal(Array.from({ length: 5 }, () => 'shell ask'));
  });

  it('write and change a file in the folder of the conversation', async () => {
    const place = toolPlace();
    expect(await run('show edit', place)).to.deep.equal(['write run', 'edit run']);
    const file = path.join(place.sessionFolder, 'qmux-tour.txt');
    expect(readFileSync(file, 'utf8')).to.contain('It was changed once, and may go.');
    expect(await run('show edit', place)).to.deep.equal(['write run', 'edit run']);
  });
});

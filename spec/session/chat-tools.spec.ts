import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import type { Tool } from '../../lib/tools/tool.ts';
import { TOOLS } from '../../lib/tools/tool-table.ts';
import { type ChatPerson, ChatPlace } from '../support/chat-place.ts';
import { FAULTS } from '../support/model-answer.ts';
import { waitUntil } from '../support/wait.ts';

const call = (name: string, args: object | string) => ({ name, arguments: args });

describe('tools of a chat', () => {
  let place: ChatPlace;
  let person: ChatPerson;
  beforeEach(async () => {
    place = await ChatPlace.open();
    person = place.chat();
  });
  afterEach(async () => {
    expect(await place.close()).to.deep.equal([]);
  });

  /** The results that the model was told with a request. */
  const results = (number: number): readonly string[] =>
    (place.server.requests[number - 1]?.body.messages ?? [])
      .filter(({ role }) => role === 'tool')
      .map(({ content }) => String(content));
  const inWork = (name: string) => path.join(place.work, name);

  it('read at once, and the model goes on with what they found', async () => {
    writeFileSync(inWork('a.txt'), 'the needle\n');
    place.server.reply({ text: 'Let me look.', calls: [call('read', { path: 'a.txt' })] });
    place.server.reply('Found it.');
    await person.send('look').waits('turn-ended');
    expect(results(2)).to.have.length(1);
    expect(results(2)[0]).to.contain('the needle');
    expect(person.messages).to.deep.equal(['user: look', 'complete: Let me look. read done', 'complete: Found it.']);
    expect(person.screen).to.contain('✓ read  a.txt');
  });

  it('ask before they run a command, which y allows', async () => {
    place.server.reply({ calls: [call('shell', { command: 'echo out-$((1+1)) > made.txt; cat made.txt' })] });
    place.server.reply('Done.');
    person.send('make it');
    await person.isAsked();
    expect(person.screen).to.contain('? shell asks: echo out-').and.contain('y once · t trust · n refuse · e edit');
    expect([person.session.status, person.session.waitingReason]).to.deep.equal(['waiting-for-input', 'approval']);
    expect(person.session.keyTable).to.equal('approval');
    expect(existsSync(inWork('made.txt'))).to.equal(false);
    person.press('y');
    await person.waits('turn-ended');
    expect(results(2)[0]).to.contain('out-2');
    expect(person.session.trustedTools).to.deep.equal([]);
  });

  it('take no key for an answer that was typed before the question could be read', async () => {
    place.server.reply({ calls: [call('shell', { command: 'touch made.txt' })] });
    person.send('make it');
    await person.sees(' asks: ');
    expect(person.session.keyTable).to.equal('compose-emacs');
    person.press('y');
    expect(person.draft).to.equal('y');
    place.clock.advance(500);
    expect(person.session.keyTable).to.equal('compose-emacs');
    expect(person.screen).to.contain('M-y once · M-n refuse');
    place.server.reply('Done.');
    person.press('M-y');
    await person.waits('turn-ended');
    expect(existsSync(inWork('made.txt'))).to.equal(true);
    expect(person.draft).to.equal('y');
  });

  it('take a key that came too early neither for an answer nor for a draft, and say so', async () => {
    place.server.reply({ calls: [call('shell', { command: 'touch made.txt' })] });
    person.send('make it');
    place.clock.advance(600);
    await person.sees('· e edit …');
    person.press('y');
    expect([person.draft, existsSync(inWork('made.txt'))]).to.deep.equal(['', false]);
    expect(person.screen).to.contain('that was too early, press again: y once').and.contain('· e edit …');
    person.session.send(Buffer.from('h'));
    expect(person.draft).to.equal('h');
    person.press('BSpace');
    place.clock.advance(400);
    expect(person.screen).to.contain('press again: y once').and.not.contain('· e edit …');
    place.server.reply('Done.');
    person.press('y');
    await person.waits('turn-ended');
    expect(existsSync(inWork('made.txt'))).to.equal(true);
  });

  it('do not count as read what was laid out while nobody looked', async () => {
    person.session.setShown(0, false);
    place.server.reply({ calls: [call('shell', { command: 'touch made.txt' })] });
    person.send('make it');
    await person.isAsked();
    expect(person.session.keyTable).to.equal('compose-emacs');
    person.session.setShown(1, true);
    expect(person.screen).to.contain(' asks: ');
    expect(person.session.keyTable).to.equal('compose-emacs');
    place.clock.advance(400);
    expect(person.session.keyTable).to.equal('approval');
  });

  it('show the diff of what they would write, and write it when allowed', async () => {
    place.server.reply({ calls: [call('write', { path: 'new.txt', content: 'one\ntwo\n' })] });
    place.server.reply('Written.');
    person.send('write');
    await person.isAsked();
    expect(person.all).to.contain('+one').and.contain('+two');
    const [asked] = person.session.approvals;
    expect(asked).to.include({ tool: 'write', title: 'new.txt', editable: undefined });
    expect(asked?.diff).to.contain('+one');
    person.session.answer(asked?.callId, { kind: 'once' });
    await person.waits('turn-ended');
    expect(readFileSync(inWork('new.txt'), 'utf8')).to.equal('one\ntwo\n');
    expect(() => person.session.answer(asked?.callId, { kind: 'once' })).to.throw('does not ask any more');
    expect(() => person.session.answer(undefined, { kind: 'once' })).to.throw('nothing asks for approval');
  });

  it('tell the model that they were refused: with no reason after a second, or at once by Enter', async () => {
    for (const end of ['wait', 'Enter']) {
      place.server.reply({ calls: [call('shell', { command: 'touch made.txt' })] });
      place.server.reply('As you like.');
      person.send('make it');
      await person.isAsked();
      person.press('n');
      expect(person.screen).to.contain('\nrefuse:').and.contain('Enter refuses');
      if (end === 'wait') place.clock.advance(1000);
      else person.press('Enter');
      await person.waits('turn-ended');
      expect(results(place.server.requests.length).at(-1)).to.equal('The person refused this call.');
    }
    expect(existsSync(inWork('made.txt'))).to.equal(false);
    expect(person.all).to.contain('⊘ shell');
  });

  it('tell the model the reason of a refusal, however long it takes to write', async () => {
    place.server.reply({ calls: [call('shell', { command: 'touch made.txt' })] });
    place.server.reply('As you like.');
    person.send('make it');
    await person.isAsked();
    person.press('n').type('use the yard');
    place.clock.advance(5000);
    person.type('stick').press('Enter');
    await person.waits('turn-ended');
    expect(results(2)).to.deep.equal(['The person refused this call: use the yardstick']);
    expect(person.draft).to.equal('');
  });

  it('ask again when a refusal was taken back', async () => {
    place.server.reply({ calls: [call('shell', { command: 'touch made.txt' })] });
    place.server.reply('Done.');
    person.send('make it');
    await person.isAsked();
    person.press('n').type('no').press('Escape');
    place.clock.advance(5000);
    expect(person.screen).to.contain('y once').and.not.contain('refuse:');
    person.press('y');
    await person.waits('turn-ended');
    expect(existsSync(inWork('made.txt'))).to.equal(true);
  });

  it('run the command as the person changed it, and say so to the model', async () => {
    place.server.reply({ calls: [call('shell', { command: 'touch made.txt' })] });
    place.server.reply('Done.');
    person.send('make it');
    await person.isAsked();
    person.press('e');
    expect(person.rows.at(-1)).to.equal('edit: touch made.txt');
    person.press('C-u').type('touch better.txt').press('Enter');
    await person.waits('turn-ended');
    expect(existsSync(inWork('better.txt'))).to.equal(true);
    expect(existsSync(inWork('made.txt'))).to.equal(false);
    expect(results(2)[0]).to.contain('The person changed it to: touch better.txt');
    expect(person.screen).to.contain('✓ shell  touch better.txt');
  });

  it('ask again for a trusted command when one before it made a link to elsewhere', async () => {
    const outside = path.join(place.folder, 'home', 'note');
    writeFileSync(outside, 'private\n');
    person.session.setTrust('shell', true);
    place.server.reply({
      calls: [call('shell', { command: 'ln -s "$HOME/note" link' }), call('shell', { command: 'cat link' })],
    });
    place.server.reply('Done.');
    person.send('go');
    await person.isAsked();
    person.press('y');
    await person.sees('cat link — reads outside');
    await person.isAsked();
    person.press('n Enter');
    await person.waits('turn-ended');
    expect(results(2)[1]).to.contain('refused');
  });

  it('take no key of a person who has only just come to look', async () => {
    place.server.reply({ calls: [call('shell', { command: 'touch made.txt' })] });
    person.send('make it');
    await person.isAsked();
    expect(person.session.keyTable).to.equal('approval');
    person.session.setShown(2, true);
    expect(person.screen).to.contain(' asks: ');
    expect(person.session.keyTable).not.to.equal('approval');
    person.press('M-y');
    expect(person.session.approvals).to.have.length(1);
    place.clock.advance(500);
    expect(person.session.keyTable).to.equal('approval');
  });

  it('are not allowed by an answer to all that was given before they asked', async () => {
    let open: () => void = () => undefined;
    const opened = new Promise<void>((resolve) => {
      open = resolve;
    });
    const slow: Tool = {
      name: 'slow',
      description: 'Asks late.',
      parameters: { type: 'object', properties: {} },
      risk: 'run',
      prepare: async () => {
        await opened;
        return {
          title: 'late',
          access: { paths: [], command: undefined },
          diff: '',
          editable: undefined,
          edited: () => Promise.reject(new Error('no')),
          run: () => Promise.resolve({ ok: true, text: 'ran' }),
        };
      },
    };
    const other = place.chat({ tools: [...TOOLS, slow] });
    place.server.reply({ calls: [call('shell', { command: 'touch one.txt' }), call('slow', {})] });
    other.send('go');
    await other.isAsked();
    open();
    await waitUntil(() => other.session.approvals.length === 2, 'both to ask');
    expect(other.screen).to.contain('1 of 2');
    other.press('Y');
    expect(other.session.approvals.map(({ tool }) => tool)).to.deep.equal(['slow']);
  });

  it('ask no more for a tool that is trusted, the calls that ask already included', async () => {
    const calls = ['a', 'b', 'c'].map((name) => call('write', { path: `${name}.txt`, content: name }));
    place.server.reply({ calls });
    place.server.reply({ calls: [call('write', { path: 'd.txt', content: 'd' })] });
    place.server.reply('Done.');
    person.send('write');
    await person.isAsked('1 of 3');
    person.press('t');
    await person.waits('turn-ended');
    for (const name of ['a', 'b', 'c', 'd']) expect(readFileSync(inWork(`${name}.txt`), 'utf8')).to.equal(name);
    expect(person.session.trustedTools).to.deep.equal(['write']);
    person.session.setTrust('write', false);
    expect(person.session.trustedTools).to.deep.equal([]);
  });

  it('are answered one by one: the next, the one before, and with no answer by a key too quick', async () => {
    const calls = ['a', 'b', 'c'].map((name) => call('write', { path: `${name}.txt`, content: name }));
    place.server.reply({ calls });
    place.server.reply('Done.');
    person.send('write');
    await person.isAsked('a.txt');
    await person.sees('1 of 3');
    person.press('Tab');
    await person.isAsked('b.txt — ');
    expect(person.screen).to.contain('2 of 3');
    person.press('n').press('Enter').press('y');
    await person.sees('2 of 2');
    expect(person.screen).to.contain('c.txt — ');
    expect(person.draft).to.equal('');
    person.press('Up');
    await person.isAsked('a.txt — ');
    person.press('y');
    await person.isAsked('c.txt — ');
    person.press('y');
    await person.waits('turn-ended');
    expect(results(2)[1]).to.equal('The person refused this call.');
    expect([existsSync(inWork('a.txt')), existsSync(inWork('b.txt')), existsSync(inWork('c.txt'))]).to.deep.equal([
      true,
      false,
      true,
    ]);
  });

  it('are answered all together', async () => {
    const calls = ['a', 'b', 'c'].map((name) => call('shell', { command: `touch ${name}` }));
    place.server.reply({ calls });
    place.server.reply({ calls });
    place.server.reply('Done.');
    person.send('go');
    await person.isAsked('1 of 3');
    person.press('Y');
    await waitUntil(() => place.server.requests.length === 2, 'the next request');
    for (const name of ['a', 'b', 'c']) expect(existsSync(inWork(name))).to.equal(true);
    await person.isAsked('1 of 3');
    person.press('N').type('enough').press('Enter');
    await person.waits('turn-ended');
    expect(results(3).slice(3)).to.deep.equal(new Array(3).fill('The person refused this call: enough'));
  });

  it('write one after the other, and see what those before them did', async () => {
    writeFileSync(inWork('a.txt'), 'one\n');
    person.session.setTrust('write', true);
    person.session.setTrust('edit', true);
    const edit = (from: string, to: string) => call('edit', { path: 'a.txt', old_string: from, new_string: to });
    place.server.reply({ calls: [call('read', { path: 'a.txt' }), edit('one', 'two'), edit('two', 'three')] });
    place.server.reply('Done.');
    await person.send('edit').waits('turn-ended');
    expect(person.messages[1]).to.equal('complete:  read done edit done edit done');
    expect(readFileSync(inWork('a.txt'), 'utf8')).to.equal('three\n');
  });

  it('give malformed, unknown and missing things back to the model, not to the person', async () => {
    place.server.reply(FAULTS.badArguments);
    place.server.reply(FAULTS.unknownTool);
    place.server.reply(FAULTS.noArguments);
    place.server.reply('Sorry.');
    await person.send('go').waits('turn-ended');
    expect(results(4)).to.have.length(3);
    expect(results(4)[0]).to.match(/JSON/);
    expect(results(4)[1]).to.contain('There is no tool "launch". The tools are: read, write');
    expect(results(4)[2]).to.match(/path/);
    expect(person.messages.at(-1)).to.equal('complete: Sorry.');
  });

  it('answer twenty calls at once', async () => {
    for (let file = 0; file < 20; file++) writeFileSync(inWork(`file-${file}.txt`), `content ${file}`);
    place.server.reply(FAULTS.twentyCalls);
    place.server.reply('All read.');
    await person.send('read all').waits('turn-ended');
    expect(results(2)).to.have.length(20);
    results(2).forEach((text, file) => {
      expect(text).to.contain(`content ${file}`);
    });
  });

  it('stream into their cards, and are cancelled with all their children', async () => {
    place.server.reply({ calls: [call('shell', { command: 'echo pid-$$; sleep 300 & sleep 300' })] });
    person.send('wait');
    await person.isAsked();
    person.press('y');
    await person.sees('pid-');
    const pid = Number(/pid-(\d+)/.exec(person.screen.replace('pid-$$', ''))?.[1]);
    expect(person.session.status).to.equal('processing');
    person.press('Escape Escape');
    expect(person.session.status).to.equal('waiting-for-input');
    expect(person.messages.at(-1)).to.equal('complete:  shell cancelled');
    await waitUntil(() => {
      try {
        process.kill(pid, 0);
        return false;
      } catch {
        return true;
      }
    }, 'the command to be gone');
    await person.send('go on').waits('turn-ended');
    expect(results(2)).to.deep.equal(['The person stopped the turn before this call had ended.']);
  });

  it('leave nothing unanswered when a turn is stopped while they ask', async () => {
    const calls = ['a', 'b'].map((name) => call('shell', { command: `touch ${name}` }));
    place.server.reply({ calls });
    person.send('go');
    await person.isAsked('1 of 2');
    person.press('Escape Escape');
    expect(person.session.approvals).to.deep.equal([]);
    expect(person.screen).to.not.contain(' asks: ');
    await person.send('go on').waits('turn-ended');
    expect(results(2)).to.have.length(2);
    expect(existsSync(inWork('a'))).to.equal(false);
  });

  it('ask whether to go on after so many rounds', async () => {
    const settings = { ...place.settings, maximumRounds: 2 };
    person = place.chat({ settings: () => settings });
    writeFileSync(inWork('a.txt'), 'x');
    place.server.fallback = () => ({ calls: [call('read', { path: 'a.txt' })] });
    person.send('loop');
    await person.isAsked('Go on after 2 rounds of tools?');
    expect([person.session.status, person.session.waitingReason]).to.deep.equal(['waiting-for-input', 'question']);
    person.press('y');
    await person.isAsked('Go on after 4 rounds of tools?');
    expect(place.server.requests).to.have.length(4);
    person.press('n');
    await person.waits('turn-ended');
    expect(place.server.requests).to.have.length(4);
    place.server.fallback = () => ({ text: 'enough' });
    person.session.retry();
    await waitUntil(() => person.messages.at(-1) === 'complete: enough', 'the reply');
  });

  it('open and close by a press on their card, and all by a key', async () => {
    writeFileSync(inWork('a.txt'), 'the needle\n');
    place.server.reply({ calls: [call('read', { path: 'a.txt' })] });
    place.server.reply('Found it.');
    await person.send('look').waits('turn-ended');
    const y = person.rows.findIndex((row) => row.includes('✓ read'));
    const bytes = new Uint8Array();
    const press = { type: 'mouse', action: 'press', button: 'left', modifiers: 0, x: 2, y, bytes } as const;
    expect(person.screen).to.not.contain('the needle');
    person.session.input(press);
    expect(person.screen).to.contain('the needle');
    person.session.input(press);
    expect(person.screen).to.not.contain('the needle');
    person.press('C-o');
    expect(person.screen).to.contain('the needle');
  });

  it('read while another one asks', async () => {
    writeFileSync(inWork('a.txt'), 'x');
    place.server.reply({ calls: [call('shell', { command: 'true' }), call('read', { path: 'a.txt' })] });
    person.send('go');
    await person.isAsked();
    await person.sees('✓ read');
    expect(person.session.conversation.reply?.calls.map(({ state }) => state.kind)).to.deep.equal(['asking', 'done']);
  });

  it('give a reason that was being written to the draft when another client has answered', async () => {
    place.server.reply({ calls: [call('shell', { command: 'touch made.txt' })] });
    place.server.reply('Done.');
    person.send('make it');
    await person.isAsked();
    person.press('n').type('because');
    person.session.answer(person.session.approvals[0]?.callId, { kind: 'once' });
    await person.waits('turn-ended');
    expect([person.draft, existsSync(inWork('made.txt'))]).to.deep.equal(['because', true]);
  });

  it('ask again when the person changed a command to what cannot be', async () => {
    place.server.reply({ calls: [call('shell', { command: 'touch made.txt' })] });
    place.server.reply('Done.');
    person.send('make it');
    await person.isAsked();
    const answered = person.session.approvals[0]?.callId;
    person.session.answer(answered, { kind: 'edited', text: 'x'.repeat(2_000_000) });
    await person.isAsked('cannot be changed so');
    expect(() => person.session.answer(answered, { kind: 'once' })).to.throw('does not ask any more');
    person.press('y');
    await person.waits('turn-ended');
    expect(existsSync(inWork('made.txt'))).to.equal(true);
  });

  it('tell the person when there is nothing to edit', async () => {
    place.server.reply({ calls: [call('write', { path: 'a.txt', content: 'a' })] });
    person.send('write');
    await person.isAsked();
    person.press('e');
    expect(person.screen).to.contain('write has nothing that can be edited').and.contain('y once');
  });

  it('are answered also when they break, which is told to the log', async () => {
    const broken: Tool = {
      name: 'broken',
      description: 'breaks',
      parameters: { type: 'object' },
      risk: 'read',
      prepare: () => Promise.reject(new TypeError('a bug')),
    };
    const errors: unknown[] = [];
    person = place.chat({ tools: [broken], onError: (error) => void errors.push(error) });
    place.server.reply({ calls: [call('broken', {}), call('broken', {})] });
    place.server.reply('Sorry.');
    await person.send('go').waits('turn-ended');
    expect(results(2)).to.deep.equal(new Array(2).fill('The tool failed inside qmux. Try it another way.'));
    expect(errors.map(String)).to.include('TypeError: a bug');
  });

  it('keep to their own chat: others go on while one asks', async () => {
    const other = place.chat();
    place.server.responder = ({ text }) =>
      text === 'ask' ? { calls: [call('shell', { command: 'true' })] } : undefined;
    person.send('ask');
    await person.isAsked();
    await other.send('hello').waits('turn-ended');
    expect(other.screen).to.contain('hello').and.not.contain(' asks: ');
    expect(person.session.waitingReason).to.equal('approval');
  });
});

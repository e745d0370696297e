import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { UserError } from '../../lib/base/user-error.ts';
import { type ChatPerson, ChatPlace } from '../support/chat-place.ts';
import { Gate } from '../support/gate.ts';
import { waitUntil } from '../support/wait.ts';

describe('a line that is not for the model', () => {
  let place: ChatPlace;
  let person: ChatPerson;
  beforeEach(async () => {
    place = await ChatPlace.open();
    person = place.chat();
  });
  afterEach(async () => {
    expect(await place.close()).to.deep.equal([]);
  });

  it('is a command when it begins with a slash and a letter, also while a turn runs', async () => {
    person.send('/model work/small ');
    place.server.reply({ text: ['half', new Gate().opened] });
    person.send('go');
    await person.sees('half');
    person.send('/context').type('/usage').press('M-Enter');
    expect(place.commands).to.deep.equal(['model work/small', 'context', 'usage']);
    expect(place.server.requests).to.have.length(1);
    expect(person.screen).to.not.contain('⏎');
  });

  it('is told what is wrong, and comes back', () => {
    person = place.chat({
      runCommand: (line) => {
        throw new UserError(`unknown command: ${line}`);
      },
    });
    person.send('/nonsense');
    expect(person.screen).to.contain('unknown command: nonsense');
    expect(person.draft).to.equal('/nonsense');
  });

  it('reaches the model when its slash is doubled, and with other beginnings', async () => {
    await person.send('//etc is a folder').waits('turn-ended');
    expect(place.server.requests[0]?.text).to.equal('/etc is a folder');
    await person.send('/ 2').waits('turn-ended');
    await person.send('!').waits('turn-ended');
    expect(place.server.requests.map(({ text }) => text).slice(1)).to.deep.equal(['/ 2', '!']);
    expect(place.commands).to.deep.equal([]);
  });

  it('shows the notes of commands', () => {
    person.session.note('* api-1 [ACTIVE]\n  \u001b[31mother');
    person.session.note('no such session', 'error');
    expect(person.screen).to.contain('* api-1 [ACTIVE]').and.contain('no such session').and.not.contain('\u001b');
  });

  it('runs a command after an exclamation mark without asking, and offers its output', async () => {
    writeFileSync(path.join(place.work, 'a.txt'), 'x');
    person.type('why? ').press('C-a').press('C-u').send('!ls; echo "$((40 + 2))"');
    await person.sees('[output of ls; echo');
    expect(person.screen).to.contain('! ls; echo').and.contain('a.txt');
    expect([person.session.status, place.server.requests.length]).to.deep.equal(['waiting-for-input', 0]);
    person.type(' what is it?').press('Enter');
    await person.waits('turn-ended');
    expect(place.server.requests[0]?.text)
      .to.contain('a.txt')
      .and.contain('42')
      .and.match(/what is it\?$/);
    expect(person.screen).to.contain('[output of ls; echo');
  });

  it('counts only the lines that a command printed, and fences what has fences', async () => {
    for (const [command, label] of [
      ['seq 3', '[output of seq 3, 3 lines]'],
      ['echo one', '[output of echo one, 1 line]'],
      ['true', '[output of true, 0 lines]'],
    ] as const) {
      person.send(`!${command}`);
      await person.sees(label);
      person.press('C-c');
    }
    person.send("!printf '\\140\\140\\140\\140\\nx\\n'");
    await person.sees(', 2 lines]');
    place.server.reply('Seen.');
    person.press('Enter');
    await person.waits('turn-ended');
    expect(place.server.requests[0]?.text)
      .to.contain('\n`````\n````\nx\n')
      .and.match(/\n`{5}\n*$/);
  });

  it('shows a command at work, one at a time, and stops it', async () => {
    person.send('!echo begun; sleep 300');
    await person.sees('  begun');
    expect(person.screen).to.contain('⟳ ! echo begun; sleep 300 0 s · Esc Esc stops');
    expect(person.session.status).to.equal('processing');
    place.clock.advance(2000);
    expect(person.screen).to.contain('2 s · Esc');
    person.send('!date');
    expect(person.screen).to.contain('a command runs already');
    expect(person.draft).to.equal('!date');
    person.press('C-c').press('Escape Escape');
    await waitUntil(() => person.session.status === 'waiting-for-input', 'the command to end');
    expect(person.screen).to.not.contain('⟳');
  });

  it('keeps long output to its end in the transcript, and whole in the draft', async () => {
    person.send('!seq 1 500');
    await person.sees('lines]');
    expect(person.all)
      .to.match(/… \d+ more lines …/)
      .and.not.contain('\n123\n');
    expect(person.draft).to.contain('\n123\n');
  });
});

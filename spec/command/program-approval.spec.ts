import { expect } from 'chai';
import { CommandPlace } from '../support/command-place.ts';

const QUESTION = { id: 'abc', agent: 'Claude Code', rule: 'permission dialog', lines: ['rm -rf build', '❯ 1. Yes'] };

describe('answers to agents', () => {
  let place: CommandPlace;

  beforeEach(async () => {
    place = new CommandPlace('/', 'process');
    await place.run('new-session -d -s agent');
    place.attention.asked = QUESTION;
  });

  it('are given by a script to exactly the question that it was shown', async () => {
    expect(await place.refusal('approve -t agent')).to.match(/^nobody has seen this question .* --question abc$/);
    expect(place.printed.join('')).to.equal('rm -rf build\n❯ 1. Yes\n');
    expect(await place.refusal('approve -t agent --question abd')).to.match(/^nobody has seen this question/);
    expect(place.attention.answers).to.deep.equal([]);
    expect(await place.run('approve -t agent --question abc')).to.equal('agent: allowed permission dialog\n');
    place.attention.asked = QUESTION;
    expect(await place.run('approve -s -t agent --question abc')).to.match(/^agent: allowed from now on/);
    place.attention.asked = QUESTION;
    expect(await place.run('deny -t agent --question abc')).to.equal('agent: refused permission dialog\n');
    expect(place.attention.answers.map(([, , answer]) => answer)).to.deep.equal(['once', 'trust', 'refuse']);
  });

  it('tell an agent why it was refused', async () => {
    await place.run('deny -t agent --question abc use the other folder');
    expect(place.sessions[0]?.sent).to.deep.equal(['paste:use the other folder', '\r']);
  });

  it('are not for what runs in a session to give', async () => {
    place.ownSession = place.sessions[0];
    expect(await place.refusal('approve -t agent --question abc')).to.match(
      /^this runs in the session agent, and cannot/,
    );
    expect(place.attention.answers).to.deep.equal([]);
  });

  it('need a question', async () => {
    place.attention.asked = undefined;
    expect(await place.refusal('approve -t agent')).to.match(/^agent shows no question that its rules know/);
    expect(await place.refusal('approve')).to.equal('no session asks for anything');
  });
});

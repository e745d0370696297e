import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import type { TerminalClient } from '../support/terminal-client.ts';
import { waitUntil } from '../support/wait.ts';
import { Workplace } from '../support/workplace.ts';

const BLUR = '\x1b[O';
const FOCUS = '\x1b[I';

describe('notices of sessions that wait', () => {
  let place: Workplace;
  let client: TerminalClient;
  let told: string;

  beforeEach(async () => {
    place = new Workplace();
    told = path.join(place.home, 'told');
    place.writeConfig(
      `[notify]\non_waiting = ["title", "bell", "osc777", "command"]\ncommand = 'echo "$QMUX_NOTICE" >> ${told}'\n`,
    );
    client = place.attach(['new-session', '-s', 'shown', 'stty -echo; cat']);
    await client.shows('0:shown');
    for (const name of ['one', 'two']) await place.ask('new-session', '-d', '-s', name, 'cat');
  });

  afterEach(() => place.dispose());

  const asks = (name: string) => place.ask('report-status', '-t', name, '--reason', 'approval', 'waiting');
  const seen = (text: string) =>
    waitUntil(
      () => client.transcript.includes(text),
      () => `${JSON.stringify(text)} in ${JSON.stringify(client.transcript.slice(-2000))}`,
    );

  it('reach the terminal, together, and leave its title as it was', async () => {
    expect(client.transcript).to.contain('\x1b[22;0t');
    await place.ask('report-status', '-t', 'one', 'waiting', ';', 'report-status', '-t', 'two', 'waiting');
    await seen('\x1b]2;(2) qmux: shown');
    await seen('\x1b]777;notify;qmux;2 sessions wait: one (question), two (question)\x07');
    await waitUntil(() => existsSync(told) && readFileSync(told, 'utf8').includes('2 sessions wait'), 'the command');
    await seen('\x07');
    await place.ask('report-status', '-t', 'one', 'idle');
    await place.ask('report-status', '-t', 'two', 'idle');
    client.type('\x02d');
    expect(await client.exited).to.equal(0);
    expect(client.transcript).to.contain('\x1b[23;0t');
  });

  it('come of the shown session only while its terminal has no focus, and show nothing by themselves', async () => {
    await asks('shown');
    await asks('one');
    await seen('\x1b]777;notify;qmux;one asks for approval\x07');
    expect(client.transcript).to.not.contain('shown asks');
    expect(await place.ask('list-clients', '-F', '#{client_session}')).to.equal('shown');
    await place.ask('report-status', '-t', 'shown', 'idle');
    client.type(BLUR);
    await place.ask('wait', '--status', 'turn-ended', '-t', 'shown');
    await place.ask('report-status', '-t', 'shown', 'busy');
    await asks('shown');
    await seen('shown asks for approval');
    await seen('\x1b]2;(2) qmux: shown');
    client.type(FOCUS);
    await seen('\x1b]2;(1) qmux: shown');
  });

  it('are left out for a muted session, which the picker says', async () => {
    await place.ask('mute', '-t', 'one');
    await asks('one');
    client.type('\x02w');
    await client.shows(/one !.*approval.*muted/);
    await asks('two');
    await seen('two asks for approval');
    expect(client.transcript).to.not.contain('one asks').and.not.contain('one (approval)');
    await client.shows('2: two');
    client.type('jm');
    await client.shows((screen) => !screen.includes('muted'));
    expect(await place.ask('display-message', '-p', '-t', 'one', '#{session_muted}')).to.equal('0');
    expect(await place.ask('mute', '-t', 'one', 'on')).to.contain('one is muted');
    expect((await place.run(['mute', 'maybe'])).stderr).to.contain('on or off');
  });

  it('cannot be written by a program with escapes in them', async () => {
    const evil = '\\033]777;notify;a\\342\\200\\256b;x\\342\\201\\2462;owned\\007';
    await place.ask('new-session', '-d', '-s', 'evil', `printf '${evil}\\033]99;i=1;4;1;50\\033\\\\'; cat`);
    await seen('\x1b]9;evil: ab: x2;owned\x07');
    await seen('\x1b]9;evil: 4;1;50\x07');
    expect(client.transcript).to.not.match(/[\x80-\x9f\u202e]/);
    expect(client.transcript).to.not.contain(']2;owned');
  });
});

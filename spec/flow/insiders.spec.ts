import { symlinkSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import type { Hello } from '../../lib/protocol/message.ts';
import { RawClient } from '../support/raw-client.ts';
import { waitUntil } from '../support/wait.ts';
import { QMUX, Workplace } from '../support/workplace.ts';

const FAKE = path.resolve(import.meta.dirname, '../support/fake-agent.js');

describe('what runs in a session', () => {
  let place: Workplace;
  let question: string;

  beforeEach(async () => {
    place = new Workplace();
    const claude = path.join(place.home, 'claude');
    symlinkSync(FAKE, claude);
    await place.ask('new-session', '-d', '-s', 'other', '-x', '120', '-y', '24', '/bin/sh');
    await place.ask('new-session', '-d', '-s', 'agent', process.execPath, claude);
    await place.ask('wait', '--status', 'waiting', '--timeout', '15', '-t', 'agent');
    await place.ask('send', '-t', 'agent', 'ask');
    await place.ask('wait', '--status', 'approval', '--timeout', '15', '-t', 'agent');
    question = /--question ([0-9a-f]+)/.exec((await place.run(['approve', '-t', 'agent'])).stderr)?.[1] ?? '';
    expect(question).to.not.equal('');
  });

  afterEach(async () => {
    expect(await place.ask('display-message', '-p', '-t', 'agent', '#{session_waiting_reason}')).to.equal('approval');
    await place.dispose();
  });

  /** The errors that a client gets which says of itself what it likes, and holds nothing open. */
  async function claims(command: readonly string[], over: Partial<Hello>): Promise<string> {
    const client = new RawClient(place.socketPath).hello(command, { terminal: undefined, ...over });
    if (over.proves === true) {
      const isAsked = () => client.messages.some(({ type }) => type === 'prove');
      await waitUntil(() => client.closed || isAsked(), 'the question');
      client.send({ type: 'proved' });
    }
    await client.ended();
    return client.errors;
  }

  /** What a command line prints in the session `other`. */
  async function inOther(line: string): Promise<string> {
    await place.ask('send', '-t', 'other', `clear; ${line} 2>&1 | tr -d '\\n'; echo " the-"end`);
    return await waitUntil(async () => {
      const screen = await place.ask('capture-pane', '-p', '-J', '-t', 'other');
      return screen.includes(' the-end') && screen;
    }, 'the end');
  }

  const fact = (name: string, session: string) => place.ask('display-message', '-p', '-t', session, `#{${name}}`);

  it('answers nothing by saying that it is another process', async () => {
    const approve = ['approve', '-t', 'agent', '--question', question];
    for (const over of [{}, { proves: true }, { proves: true, pid: 1 }, { proves: true, pid: await place.serverPid() }])
      expect(await claims(approve, over)).to.contain('cannot be told which process');
    expect(await claims(['deny', '-t', 'agent', '--question', question], {})).to.contain(
      'cannot be told which process',
    );
  });

  it('tells no status of another session by saying that it runs there', async () => {
    const pid = Number(await fact('pane_pid', 'agent'));
    const idle = ['report-status', 'idle'];
    expect(await claims(idle, { pid, proves: true })).to.contain('cannot be told which process');
    const word = await inOther('echo $HERDR_PANE_ID');
    const own = /qmux-\d+-[\w-]+/.exec(word)?.[0] ?? '';
    expect(own).to.not.equal('');
    const environment = { TERM: 'xterm', HERDR_PANE_ID: own };
    expect(await claims(idle, { pid, proves: true, environment })).to.contain('cannot be told which process');
    expect(await claims(['report-status', '-t', 'agent', 'idle'], {})).to.contain('cannot be told which process');
  });

  it('types nothing into a session that asks, whatever the command', async () => {
    const qmux = `${process.execPath} ${QMUX} -S ${place.socketPath}`;
    for (const command of ['send-keys -t agent 1', 'send -t agent 1', 'broadcast -y -t agent 1', 'ask -t agent 1'])
      expect(await inOther(`${qmux} ${command}`), command).to.contain('asks for an approval');
    expect(await inOther(`${qmux} set-buffer 1 \\; paste-buffer -t agent`)).to.contain('asks for an approval');
  });

  it('answers nothing by what it has the server start', async () => {
    const approve = `env -i ${process.execPath} ${QMUX} -S ${place.socketPath} approve -t agent --question ${question}`;
    expect(await place.ask('run-shell', `${approve} 2>&1; true`)).to.contain('cannot be told which process');
  });

  it('is known by its terminal when it has left its parents and its variables', async () => {
    const qmux = `env -i ${process.execPath} ${QMUX} -S ${place.socketPath}`;
    const approve = `${qmux} approve -t agent --question ${question}`;
    const screen = await inOther(`sh -c '(sleep 0.2; exec ${approve}) & exit'`);
    expect(screen.replaceAll('\n', '')).to.contain('this runs in the session other, and cannot answer for you');
  });
});

import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { OpencodeStream } from '../../lib/server/opencode-stream.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { waitUntil } from '../support/wait.ts';

describe('OpencodeStream', () => {
  let clock: ManualClock;
  let server: http.Server;
  let stream: OpencodeStream;
  let calls: number;
  let said: (string | undefined)[];
  let answer: (response: http.ServerResponse) => void;

  beforeEach(async () => {
    clock = new ManualClock();
    calls = 0;
    said = [];
    server = http.createServer((_, response) => {
      calls += 1;
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      answer(response);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });

  afterEach(() => {
    stream.dispose();
    server.closeAllConnections();
    server.close();
  });

  function open(): void {
    const { port } = server.address() as AddressInfo;
    const onChange = (change: { readonly claim: { readonly kind: string } } | undefined) =>
      said.push(change?.claim.kind);
    stream = new OpencodeStream({ port, clock, isOurs: () => true, onChange });
  }

  const event = (type: string) => `data: ${JSON.stringify({ type, properties: { sessionID: 'a' } })}\n\n`;

  /** How long it rests after a connection that has ended, in milliseconds. */
  async function pause(): Promise<number> {
    await waitUntil(() => clock.armed === 1, 'the connection to end');
    const before = clock.now();
    while (clock.armed === 1) clock.advance(100);
    return clock.now() - before;
  }

  it('asks ever more seldom where nothing is said, and at once again after something was', async () => {
    answer = (response) => response.end(calls === 4 ? event('session.idle') : ': nothing\n\n');
    open();
    const pauses: number[] = [];
    for (let call = 0; call < 6; call++) pauses.push(await pause());
    expect(pauses).to.deep.equal([500, 1000, 2000, 500, 1000, 2000]);
    expect(said.filter((kind) => kind !== undefined)).to.deep.equal(['idle']);
  });

  it('passes over what is no event, too long, or never ends', async () => {
    answer = (response) => {
      response.write(`data: ${'['.repeat(300_000)}\n\n`);
      response.write('data: {"type":"session.status","properties":null}\n\ndata: 1\n\n\n\nevent: x\n\n');
      response.write(`${event('session.idle')}data: ${'x'.repeat(2_000_000)}`);
    };
    open();
    await waitUntil(() => said.length > 0, 'the event');
    expect(said).to.deep.equal(['idle']);
  });
});

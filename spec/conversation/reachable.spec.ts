import { createServer } from 'node:net';
import { expect } from 'chai';
import { whyUnreachable } from '../../lib/conversation/reachable.ts';

describe('whyUnreachable', () => {
  it('connects to an address and sends nothing, and says what hinders it', async () => {
    let received = 0;
    let connections = 0;
    const server = createServer((socket) => {
      connections += 1;
      socket.on('data', (data) => {
        received += data.length;
      });
      socket.on('error', () => undefined);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    expect(await whyUnreachable(`http://127.0.0.1:${port}/v1`)).to.equal(undefined);
    await new Promise<void>((resolve) => server.close(() => resolve()));
    expect([connections, received]).to.deep.equal([1, 0]);
    expect(await whyUnreachable(`http://127.0.0.1:${port}/v1`)).to.equal('connection refused');
  });

  it('takes what is no address for one that cannot be reached', async () => {
    for (const address of ['', 'nowhere', 'file:///etc/passwd', 'http://'])
      expect(await whyUnreachable(address)).to.equal('its address is none');
  });
});

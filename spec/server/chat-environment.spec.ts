import { expect } from 'chai';
import { ChatEnvironment } from '../../lib/server/chat-environment.ts';

describe('ChatEnvironment', () => {
  const own = { OPENAI_API_KEY: 'own', WORK_KEY: 'own', HOME: '/h' };
  const names = () => ['WORK_KEY'];

  const get = (environment: ChatEnvironment, ...wanted: readonly string[]) =>
    wanted.map((name) => environment.variables[name]);

  it('begins with the variables of the server', () => {
    const environment = new ChatEnvironment(own, names);
    expect(get(environment, 'OPENAI_API_KEY', 'WORK_KEY', 'NONE')).to.deep.equal(['own', 'own', undefined]);
  });

  it('follows the newest client that has a key, and loses none to one that has not', () => {
    const environment = new ChatEnvironment(own, names);
    environment.note({ OPENAI_API_KEY: 'new', WORK_KEY: 'new' });
    environment.note({ PATH: '/bin', WORK_KEY: '', OPENAI_API_KEY: '' });
    expect(get(environment, 'OPENAI_API_KEY', 'WORK_KEY')).to.deep.equal(['new', 'new']);
  });

  it('never gives the key of one place with the address of another', () => {
    const environment = new ChatEnvironment(own, names);
    environment.note({ OPENAI_BASE_URL: 'http://127.0.0.1:1/v1' });
    expect(get(environment, 'OPENAI_BASE_URL', 'OPENAI_API_KEY', 'HOME')).to.deep.equal([
      'http://127.0.0.1:1/v1',
      undefined,
      '/h',
    ]);
  });
});

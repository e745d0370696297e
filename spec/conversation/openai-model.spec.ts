import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { UserError } from '../../lib/base/user-error.ts';
import type { FailureKind, TurnEvent } from '../../lib/conversation/turn-event.ts';
import { ConsoleWatch } from '../support/console-watch.ts';
import { type Answer, FAULTS } from '../support/model-answer.ts';
import { closedPort, echo, ModelServer } from '../support/model-server.ts';
import { asking, eventsOf, KEY, modelAt, textOf } from '../support/turn.ts';

const failureOf = (events: readonly TurnEvent[]) => {
  const last = events.at(-1);
  return last?.type === 'failed' ? last.failure : expect.fail(`no failure: ${JSON.stringify(last)?.slice(0, 200)}`);
};

const callsOf = (events: readonly TurnEvent[]) => events.flatMap((event) => (event.type === 'call' ? [event] : []));

/** No label of a name is longer than 63 characters, so that the system refuses it without asking the network. */
const TOO_LONG = 'x'.repeat(70);

/** Each fault: how it ends, whether it is tried again, what is said, and what of the reply is kept. */
const FAILURES: readonly (readonly [keyof typeof FAULTS, FailureKind, boolean, RegExp, string])[] = [
  ['unauthorized', 'unauthorized', false, /does not take the key.*set WORK_LLM_KEY/, ''],
  ['forbidden', 'forbidden', false, /Country, region/, ''],
  ['noModel', 'not-found', false, /has no model big.*\/model/, ''],
  ['noPath', 'not-found', false, /no API for chats at http.*check base_url of \[providers.work\].*\/v1/, ''],
  ['rateLimit', 'rate-limit', true, /no more requests for now/, ''],
  ['quota', 'quota', false, /no credit left/, ''],
  ['serverError', 'server', true, /fault \(500\): The server had an error/, ''],
  ['unavailablePage', 'server', true, /^work has a fault \(503\)\. \/retry/, ''],
  ['page', 'garbage', false, /web page/, ''],
  ['contextLength', 'context-length', false, /longer than big takes.*\/compact/, ''],
  ['cut', 'cut', true, /cut off before its end/, 'Half of the reply'],
  ['noDone', 'cut', true, /cut off before its end/, 'Half of the reply'],
  ['noFinish', 'cut', true, /cut off before its end/, 'Half of the reply'],
  ['reset', 'network', true, /connection with 127\.0\.0\.1:\d+ failed/, ''],
  ['garbage', 'garbage', true, /sent what is no reply/, 'Half'],
  ['streamedError', 'server', true, /The engine is overloaded/, 'Half'],
];

describe('OpenAiModel', () => {
  let server: ModelServer;
  let watch: ConsoleWatch;
  before(async () => {
    server = await ModelServer.open();
  });
  after(() => server.close());
  beforeEach(() => {
    watch = new ConsoleWatch();
  });
  afterEach(() => watch.close());

  it('streams a reply piece by piece, then the count and the end', async () => {
    server.reply({ reasoning: 'Hm.', text: ['Hel', 'lo'], usage: { input: 30, cached: 20, output: 2 } });
    expect(await eventsOf(modelAt(server.url))).to.deep.equal([
      { type: 'started', model: 'work/big' },
      { type: 'reasoning', text: 'Hm.' },
      { type: 'delta', text: 'Hel' },
      { type: 'delta', text: 'lo' },
      { type: 'usage', usage: { input: 30, cached: 20, output: 2 } },
      { type: 'done', finish: 'stop' },
    ]);
  });

  it('gives a piece when it comes, not at the end', async () => {
    let release: (value: unknown) => void = () => undefined;
    const gate = new Promise((resolve) => {
      release = resolve;
    });
    server.reply({ text: ['first', gate, 'second'] });
    const seen: string[] = [];
    for await (const event of modelAt(server.url).stream(asking('hello'), new AbortController().signal))
      if (event.type === 'delta') {
        seen.push(event.text);
        release(undefined);
      }
    expect(seen).to.deep.equal(['first', 'second']);
  });

  it('says what the conversation was, with calls and their answers, and which tools there are', async () => {
    const count = server.requests.length;
    server.reply('fine');
    const tool = { name: 'read', description: 'Reads.', parameters: { type: 'object', properties: {} } };
    await eventsOf(
      modelAt(server.url, { headers: new Map([['X-Team', 'blue']]) }),
      asking('', {
        messages: [
          { role: 'user', text: 'read it' },
          { role: 'assistant', text: '', calls: [{ id: 'c1', name: 'read', arguments: '{}' }] },
          { role: 'tool', callId: 'c1', text: 'content' },
          { role: 'assistant', text: 'done', calls: [] },
        ],
        tools: [tool],
      }),
    );
    const { body, headers } = await server.request(count + 1);
    expect(body.messages).to.deep.equal([
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: 'read it' },
      {
        role: 'assistant',
        content: null,
        tool_calls: [{ id: 'c1', type: 'function', function: { name: 'read', arguments: '{}' } }],
      },
      { role: 'tool', tool_call_id: 'c1', content: 'content' },
      { role: 'assistant', content: 'done' },
    ]);
    expect(body.tools).to.deep.equal([{ type: 'function', function: tool }]);
    expect([headers['authorization'], headers['x-team']]).to.deep.equal([`Bearer ${KEY}`, 'blue']);
    expect(Object.keys(headers).filter((name) => name.startsWith('x-stainless'))).to.deep.equal([]);
  });

  it('sends no key where there is none, and nothing of the variables of its own process', async () => {
    const count = server.requests.length;
    process.env['OPENAI_API_KEY'] = 'sk-of-the-process-123456';
    process.env['OPENAI_CUSTOM_HEADERS'] = 'x-secret: of the process';
    try {
      await eventsOf(modelAt(server.url, { key: { advice: '', read: async () => undefined, reject: () => false } }));
    } finally {
      delete process.env['OPENAI_API_KEY'];
      delete process.env['OPENAI_CUSTOM_HEADERS'];
    }
    const { headers } = await server.request(count + 1);
    expect(headers).not.to.have.any.keys('authorization', 'x-secret');
  });

  for (const api of ['chat', 'responses'] as const) {
    describe(`by the ${api} API`, () => {
      for (const [name, kind, retryable, text, kept] of FAILURES)
        it(`tells ${name} as ${kind}, keeps what came, and works with the next request`, async () => {
          server.fail(FAULTS[name]);
          const model = modelAt(server.url, { api });
          const events = await eventsOf(model);
          const failure = failureOf(events);
          expect([failure.kind, failure.retryable]).to.deep.equal([kind, retryable]);
          expect(failure.text).to.match(text);
          expect(failure.text.length).to.be.below(400);
          expect(failure.text).not.to.match(/[\p{Cc}<>]|sk-/u);
          // The garbage before it is that of the other API, which gives no text.
          const speaksOther = api === 'responses' && (name === 'garbage' || name === 'streamedError');
          expect(textOf(events)).to.equal(speaksOther ? '' : kept);
          expect(events.filter(({ type }) => ['done', 'failed', 'aborted'].includes(type))).to.have.length(1);
          server.reply('better');
          expect(textOf(await eventsOf(model))).to.equal('better');
          expect(watch.written).to.equal('');
        });

      for (const [name, kept] of [
        ['silent', ''],
        ['stall', 'Half of the reply'],
      ] as const)
        it(`cuts an endpoint that is ${name} after the stall time-out`, async () => {
          const count = server.requests.length;
          server.fail(FAULTS[name]);
          const events = await eventsOf(modelAt(server.url, { api }, { stallTimeout: () => 200 }));
          const failure = failureOf(events);
          expect([failure.kind, failure.retryable, textOf(events)]).to.deep.equal(['stalled', true, kept]);
          expect(failure.text).to.match(/silent.*stall_timeout/);
          expect(await (await server.request(count + 1)).finished).to.equal(false);
        });

      for (const name of ['silent', 'stall'] as const)
        it(`stops within a second when it is ${name} and the signal is aborted`, async () => {
          const count = server.requests.length;
          server.fail(FAULTS[name]);
          const controller = new AbortController();
          const events = eventsOf(modelAt(server.url, { api }), 'hello', controller.signal);
          const { finished } = await server.request(count + 1);
          const start = Date.now();
          controller.abort();
          expect((await events).at(-1)).to.deep.equal({ type: 'aborted' });
          expect(Date.now() - start).to.be.below(1000);
          expect(await finished).to.equal(false);
        });

      for (const [name, finish] of [
        ['length', 'length'],
        ['filtered', 'content-filter'],
      ] as const)
        it(`tells a reply that ends by ${finish}`, async () => {
          server.reply(FAULTS[name]);
          const events = await eventsOf(modelAt(server.url, { api }));
          expect([textOf(events), events.at(-1)]).to.deep.equal(['As far as it', { type: 'done', finish }]);
        });

      it('bears that nothing is counted', async () => {
        server.reply(FAULTS.noUsage);
        const types = (await eventsOf(modelAt(server.url, { api }))).map(({ type }) => type);
        expect(types).to.deep.equal(['started', 'delta', 'done']);
      });

      it('puts characters together that came in parts', async () => {
        server.reply(FAULTS.splitCharacters);
        expect(textOf(await eventsOf(modelAt(server.url, { api })))).to.equal(FAULTS.splitCharacters.text);
      });

      it('takes a line of 10 MB in about a second', async () => {
        server.reply(FAULTS.longLine);
        const start = process.cpuUsage();
        const events = await eventsOf(modelAt(server.url, { api }));
        const { user, system } = process.cpuUsage(start);
        expect(textOf(events).length).to.equal(10 * 1024 * 1024);
        expect((user + system) / 1000).to.be.below(3000);
      });

      it('gives twenty calls whole, in their order, though their pieces alternate', async () => {
        server.reply(FAULTS.twentyCalls);
        const events = await eventsOf(modelAt(server.url, { api }));
        expect(callsOf(events).map(({ arguments: text }) => JSON.parse(text).path)).to.deep.equal(
          Array.from({ length: 20 }, (_, index) => `file-${index}.txt`),
        );
        expect(new Set(callsOf(events).map(({ id }) => id)).size).to.equal(20);
        expect(events.filter(({ type }) => type === 'calling').length).to.be.at.least(20);
        expect(events.at(-1)).to.deep.equal({ type: 'done', finish: 'tool-calls' });
      });

      for (const [name, text] of [
        ['badArguments', '{"path": "a.txt"'],
        ['noArguments', ''],
        ['unknownTool', '{"at":"noon"}'],
      ] as const)
        it(`gives a call with ${name} as the model wrote it`, async () => {
          server.reply(FAULTS[name]);
          expect(callsOf(await eventsOf(modelAt(server.url, { api }))).map((call) => call.arguments)).to.deep.equal([
            text,
          ]);
        });
    });
  }

  it('waits as long as Retry-After says', async () => {
    server.fail({ ...FAULTS.rateLimit, headers: { 'retry-after': '7' } });
    expect(failureOf(await eventsOf(modelAt(server.url))).retryAfter).to.equal(7000);
  });

  it('says where nothing listens, which host there is not, and why there is no secure connection', async () => {
    const refused = failureOf(await eventsOf(modelAt(`http://127.0.0.1:${await closedPort()}/v1`)));
    expect([refused.kind, refused.retryable]).to.deep.equal(['refused', true]);
    expect(refused.text).to.match(/^Nothing listens at http:\/\/127\.0\.0\.1:\d+\/v1 .*check base_url/);
    const unknown = failureOf(await eventsOf(modelAt(`http://${TOO_LONG}.invalid/v1`)));
    expect([unknown.kind, unknown.retryable]).to.deep.equal(['dns', true]);
    const secure = await ModelServer.open({ secure: true });
    const untrusted = failureOf(await eventsOf(modelAt(secure.url)));
    await secure.close();
    expect([untrusted.kind, untrusted.retryable]).to.deep.equal(['tls', false]);
    expect(untrusted.text).to.match(/SELF_SIGNED.*NODE_EXTRA_CA_CERTS/);
    expect(failureOf(await eventsOf(modelAt(server.url.replace('http:', 'https:')))).kind).to.equal('tls');
    expect(failureOf(await eventsOf(modelAt('nonsense'))).kind).to.equal('bad-request');
    expect(watch.written).to.equal('');
  });

  it('never tells the key, wherever the endpoint repeats it', async () => {
    const secret = 'plain-secret-of-a-header';
    const answers: readonly Answer[] = [
      { status: 401, message: `Bad key ${KEY} and ${secret}` },
      { status: 400, message: `${KEY.slice(0, 14)}*** is no key, nor is Bearer ${KEY}` },
      { status: 500, body: `panic: Authorization: Bearer ${KEY}` },
      { raw: [`data: {"error":{"message":"key ${KEY}"}}\n\n`] },
      { raw: [`data: {"key ${KEY}\n\n`] },
    ];
    for (const answer of answers) {
      server.fail(answer);
      const events = await eventsOf(modelAt(server.url, { headers: new Map([['X-Secret', secret]]) }));
      expect(JSON.stringify(events)).not.to.match(/sk-spec|9876543|plain-secret/);
      expect(failureOf(events).text).not.to.equal('');
    }
    expect(watch.written).to.equal('');
  });

  it('refuses a key that cannot be one, and tells what hindered having it, without it', async () => {
    const key = (read: () => Promise<string>) => ({ advice: 'set WORK_LLM_KEY', read, reject: () => false });
    const odd = failureOf(await eventsOf(modelAt(server.url, { key: key(async () => 'geheim\u00e4\ngeheim') })));
    expect([odd.kind, /geheim/.test(odd.text)]).to.deep.equal(['unauthorized', false]);
    const failing = key(() => Promise.reject(new UserError('The api_key_command failed (1).')));
    expect(failureOf(await eventsOf(modelAt(server.url, { key: failing }))).text).to.equal(
      'The api_key_command failed (1).',
    );
  });

  it('asks once more with another key where the first was refused and there is another', async () => {
    const keys = ['old', 'new'];
    const local = await ModelServer.open();
    local.key = 'new';
    const key = { advice: 'x', read: async () => keys[0], reject: () => keys.shift() === 'old' };
    const events = await eventsOf(modelAt(local.url, { key }), 'mark-7');
    await local.close();
    expect([textOf(events), local.requests.length]).to.deep.equal(['mark-7', 2]);
    expect(events.filter(({ type }) => type === 'started')).to.have.length(1);
  });

  it('goes on without what an endpoint refuses, and remembers it', async () => {
    const local = await ModelServer.open();
    const model = modelAt(local.url);
    local.fail({ status: 400, message: 'Unrecognized request argument supplied: stream_options' });
    local.fail({ status: 400, message: 'registry.ollama.ai/library/tiny does not support tools' });
    const request = asking('mark-1', { tools: [{ name: 'read', description: '', parameters: {} }] });
    expect(textOf(await eventsOf(model, request))).to.equal('mark-1');
    expect(textOf(await eventsOf(model, request))).to.equal('mark-1');
    await local.close();
    const sent = local.requests.map(({ body }) => ['stream_options' in body, 'tools' in body]);
    expect(sent).to.deep.equal([
      [true, true],
      [false, true],
      [false, false],
      [false, false],
    ]);
  });

  it('takes calls for calls whatever finish reason stands behind them, and gives each an id of its own', async () => {
    const call = { name: 'read', arguments: {} };
    server.reply({
      calls: [
        { ...call, id: 'same' },
        { ...call, id: 'same' },
        { ...call, id: '' },
      ],
      finish: 'stop',
    });
    const events = await eventsOf(modelAt(server.url));
    expect(events.at(-1)).to.deep.equal({ type: 'done', finish: 'tool-calls' });
    const ids = callsOf(events).map(({ id }) => id);
    expect([ids[0], new Set(ids).size, ids.every((id) => id !== '')]).to.deep.equal(['same', 3, true]);
  });

  it('takes a reply that an endpoint does not stream', async () => {
    const message = { role: 'assistant', content: 'at once' };
    const whole = JSON.stringify({ choices: [{ message, finish_reason: 'stop' }] }, null, 2);
    server.reply({ raw: [whole], contentType: 'application/json' });
    const events = await eventsOf(modelAt(server.url));
    expect([textOf(events), events.at(-1)?.type]).to.deep.equal(['at once', 'done']);
  });

  it('does not wait for an endpoint that keeps the line open after the end', async () => {
    server.reply({ raw: ['data: {"choices":[{"delta":{"content":"all"},"finish_reason":"stop"}]}\n\n'], end: 'stall' });
    const start = Date.now();
    const events = await eventsOf(modelAt(server.url, {}, { stallTimeout: () => 60_000 }));
    expect([textOf(events), events.at(-1)]).to.deep.equal(['all', { type: 'done', finish: 'stop' }]);
    expect(Date.now() - start).to.be.below(8000);
  });

  it('follows no redirection, which would take the key elsewhere', async () => {
    const other = await ModelServer.open();
    server.fail({ status: 307, headers: { location: `${other.url}/chat/completions` } });
    expect(failureOf(await eventsOf(modelAt(server.url))).text).to.match(/no API for chats .*307.*check base_url/);
    expect(other.requests).to.deep.equal([]);
    await other.close();
  });

  it('keeps events that the package would write to the console from it', async () => {
    server.reply({ raw: ['event: thread.created\ndata: {garbage\n\n'] });
    expect(failureOf(await eventsOf(modelAt(server.url))).kind).to.equal('garbage');
    expect(watch.written).to.equal('');
  });

  it('bears chunks that are anything', async () => {
    const odd = ['null', '1', '"x"', '[]', '{"choices":{}}', '{"choices":[null]}', '{"choices":[{"delta":[]}]}'];
    const calls =
      '{"choices":[{"delta":{"content":[{"text":"ok"}],"tool_calls":[null,{},{"index":-1,"function":7}]}}]}';
    const end = '{"choices":[{"delta":null,"finish_reason":"eos"}],"usage":{"prompt_tokens":"x"}}';
    server.reply({ raw: [...odd, calls, end].map((data) => `data: ${data}\n\n`) });
    const events = await eventsOf(modelAt(server.url));
    expect([textOf(events), events.at(-1)?.type]).to.deep.equal(['ok', 'done']);
  });

  it('asks behind the path of its address, and before its query', async () => {
    const paths: string[] = [];
    const gateway = createServer(({ url = '' }, response) => {
      paths.push(url);
      const body = 'data: {"choices":[{"delta":{"content":"ok"},"finish_reason":"stop"}]}\n\n';
      response.writeHead(200, { 'content-type': 'text/event-stream' }).end(body);
    });
    gateway.listen(0, '127.0.0.1');
    await once(gateway, 'listening');
    const base = `http://127.0.0.1:${(gateway.address() as AddressInfo).port}`;
    for (const rest of ['/v1', '/v1/', '/deep/er?api-version=1%202#top', ''])
      expect(textOf(await eventsOf(modelAt(base + rest)))).to.equal('ok');
    gateway.closeAllConnections();
    gateway.close();
    expect(paths).to.deep.equal([
      '/v1/chat/completions',
      '/v1/chat/completions',
      '/deep/er/chat/completions?api-version=1%202',
      '/chat/completions',
    ]);
  });

  it('takes a call of the responses API that is told at its end only', async () => {
    const item = { type: 'function_call', call_id: 'c1', name: 'list', arguments: '{"path":"."}' };
    const events = [
      { type: 'response.output_item.done', output_index: 1, item },
      { type: 'response.completed', response: {} },
    ];
    server.reply({ raw: events.map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`) });
    expect(callsOf(await eventsOf(modelAt(server.url, { api: 'responses' })))).to.deep.equal([
      { type: 'call', id: 'c1', name: 'list', arguments: '{"path":"."}' },
    ]);
  });

  it('takes the first of several replies, though the others come between its pieces', async () => {
    const piece = (index: number, content: string, finish: string | null = null) =>
      `data: ${JSON.stringify({ choices: [{ index, delta: { content }, finish_reason: finish }] })}\n\n`;
    server.reply({ raw: [piece(1, 'no'), piece(0, 'yes'), piece(1, '', 'stop'), piece(0, '!', 'stop')] });
    expect(textOf(await eventsOf(modelAt(server.url)))).to.equal('yes!');
  });

  for (const end of ['\n', '\r\n', '\r'])
    it(`passes over events without data, with lines that end with ${JSON.stringify(end)}`, async () => {
      const lines = [
        '',
        'data:',
        '',
        'data: ',
        '',
        'event: ping',
        '',
        'event: ping',
        'data:',
        '',
        'id: 3',
        '',
        ': alive',
        '',
      ];
      const reply = ['data: {"choices":[{"delta":{"content":"grüße"},"finish_reason":"stop"}]}', '', 'data:', '', ''];
      server.reply({ raw: [[...lines, ...reply].join(end)] });
      const events = await eventsOf(modelAt(server.url));
      expect([textOf(events), events.at(-1)?.type]).to.deep.equal(['grüße', 'done']);
    });

  it('does not wait behind the mark that the reply is whole, whatever comes there', async () => {
    const whole = 'data: {"choices":[{"delta":{"content":"all"},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n';
    server.reply({ raw: [whole, ...Array.from({ length: 100 }, () => [50, ': alive\n\n']).flat()] });
    const start = Date.now();
    expect(textOf(await eventsOf(modelAt(server.url)))).to.equal('all');
    expect(Date.now() - start).to.be.below(1500);
  });

  it('ends though the body can neither be unpacked nor be ended', async () => {
    server.reply({ raw: ['this is not packed'], headers: { 'content-encoding': 'gzip' } });
    const failure = failureOf(await eventsOf(modelAt(server.url, {}, { stallTimeout: () => 300 })));
    expect(['stalled', 'cut']).to.include(failure.kind);
  });

  it('tells a stream of signs of life without a reply from silence', async () => {
    server.reply({ raw: Array.from({ length: 100 }, () => [50, ': alive\n\n']).flat() });
    const failure = failureOf(await eventsOf(modelAt(server.url, {}, { stallTimeout: () => 150 })));
    expect(failure.text).to.match(/signs of life and no reply for [12] s/);
  });

  it('reads an error that stands in a list, and one that has no body', async () => {
    const body = JSON.stringify([{ error: { code: 400, message: 'API key not valid', status: 'INVALID_ARGUMENT' } }]);
    server.fail({ status: 400, body, headers: { 'content-type': 'application/json' } });
    expect(failureOf(await eventsOf(modelAt(server.url))).text).to.match(/\(400\): API key not valid/);
    server.fail({ status: 204, body: '' });
    expect(failureOf(await eventsOf(modelAt(server.url))).text).to.match(/^work answered without a reply \(204\)/);
  });

  it('ends a reply that has too many calls or too long arguments', async () => {
    const many = Array.from({ length: 200 }, () => ({ name: 'read', arguments: {} }));
    server.reply({ calls: many });
    expect(failureOf(await eventsOf(modelAt(server.url))).text).to.match(/more than 128 calls/);
    server.reply({ calls: [{ name: 'read', arguments: 'x'.repeat(9 << 20) }] });
    expect(failureOf(await eventsOf(modelAt(server.url))).text).to.match(/more than 8 MB of arguments/);
  });

  it('ends its request when nobody listens any more', async () => {
    const count = server.requests.length;
    server.fail(FAULTS.stall);
    for await (const event of modelAt(server.url).stream(asking('hello'), new AbortController().signal))
      if (event.type === 'delta') break;
    expect(await (await server.request(count + 1)).finished).to.equal(false);
  });

  it('ends its request when it is told to while it waits', async () => {
    const count = server.requests.length;
    server.fail(FAULTS.silent);
    const events = modelAt(server.url).stream(asking('hello'), new AbortController().signal)[Symbol.asyncIterator]();
    await events.next();
    const waiting = events.next();
    const { finished } = await server.request(count + 1);
    await events.return?.();
    expect((await waiting).value).to.deep.equal({ type: 'aborted' });
    expect(await finished).to.equal(false);
  });

  it('makes no request when it is aborted before', async () => {
    const count = server.requests.length;
    expect((await eventsOf(modelAt(server.url), 'hello', AbortSignal.abort())).at(-1)).to.deep.equal({
      type: 'aborted',
    });
    expect(server.requests.length).to.equal(count);
  });

  it('keeps ten replies at once apart', async () => {
    server.fallback = echo({ pieces: 50, delay: 1 });
    const model = modelAt(server.url);
    const marks = Array.from({ length: 10 }, (_, index) => `mark-${index}`);
    const replies = await Promise.all(marks.map(async (mark) => textOf(await eventsOf(model, `say ${mark}`))));
    expect(replies).to.deep.equal(marks.map((mark) => `${mark} `.repeat(50)));
    server.fallback = echo();
  });
});

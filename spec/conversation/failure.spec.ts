import { expect } from 'chai';
import fc from 'fast-check';
import { classifyFailure, cutFailure, type FailureContext, stalledFailure } from '../../lib/conversation/failure.ts';

const NOW = Date.UTC(2026, 0, 2, 3, 4, 5);
const CONTEXT: FailureContext = {
  provider: 'work',
  baseUrl: 'https://llm.example.com/v1?token=hidden-token',
  model: 'big',
  keyAdvice: 'set WORK_LLM_KEY',
  addressAdvice: 'check base_url of [providers.work]',
  hasKey: true,
  secrets: ['secret-key-0123456789'],
  now: NOW,
};

/** As the package throws what an endpoint answered. */
const answer = (status: number | undefined, error: unknown, headers: Record<string, string> = {}): Error =>
  Object.assign(new Error(`${status} status code (no body)`), { status, error, headers: new Headers(headers) });

const failing = (code: string): Error =>
  Object.assign(new Error('Connection error.'), {
    cause: new TypeError('fetch failed', { cause: Object.assign(new Error('no'), { code }) }),
  });

const classify = (error: unknown, begun = false, context = CONTEXT) => classifyFailure(error, context, begun);
const kindOf = (error: unknown, begun = false): string => classify(error, begun).kind;

describe('classifyFailure', () => {
  for (const [status, error, kind] of [
    [400, { message: 'bad', code: null }, 'bad-request'],
    [400, { message: 'x', code: 'context_length_exceeded' }, 'context-length'],
    [
      400,
      { message: 'the request exceeds the available context size', type: 'exceed_context_size_error' },
      'context-length',
    ],
    [400, { message: 'prompt is too long: 210000 tokens > 200000 maximum' }, 'context-length'],
    [400, { message: 'x', code: 'content_filter' }, 'content-filter'],
    [400, { message: 'Your credit balance is too low', type: 'billing_error' }, 'quota'],
    [401, undefined, 'unauthorized'],
    [402, undefined, 'quota'],
    [403, undefined, 'forbidden'],
    [404, { message: 'model not found' }, 'not-found'],
    [408, undefined, 'server'],
    [413, undefined, 'context-length'],
    [422, { message: 'x' }, 'bad-request'],
    [429, { message: 'slow down' }, 'rate-limit'],
    [429, { message: 'tokens per minute: maximum context length' }, 'rate-limit'],
    [429, { message: 'You exceeded your current quota' }, 'quota'],
    [500, { message: 'maximum context length' }, 'server'],
    [503, undefined, 'server'],
    [529, { type: 'overloaded_error' }, 'server'],
    [undefined, { message: 'x', code: 'rate_limit_exceeded' }, 'rate-limit'],
    [undefined, { message: 'x', code: 502 }, 'server'],
    [undefined, { message: 'x', code: '429' }, 'rate-limit'],
    [undefined, { message: 'x', code: 'context_length_exceeded' }, 'context-length'],
    [undefined, { message: 'x', type: 'invalid_request_error' }, 'bad-request'],
    [undefined, 'something broke', 'server'],
  ] as const)
    it(`takes status ${status} with ${JSON.stringify(error)} for ${kind}`, () => {
      expect(kindOf(answer(status, error))).to.equal(kind);
    });

  for (const [code, kind, begun] of [
    ['ECONNREFUSED', 'refused', 'refused'],
    ['ENOTFOUND', 'dns', 'dns'],
    ['EAI_AGAIN', 'dns', 'dns'],
    ['CERT_HAS_EXPIRED', 'tls', 'tls'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'tls', 'tls'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'tls', 'tls'],
    ['EPROTO', 'tls', 'tls'],
    ['ECONNRESET', 'network', 'cut'],
    ['EHOSTUNREACH', 'network', 'cut'],
    ['UND_ERR_CONNECT_TIMEOUT', 'network', 'cut'],
    ['UND_ERR_SOCKET', 'network', 'cut'],
    ['UND_ERR_BODY_TIMEOUT', 'stalled', 'stalled'],
  ] as const)
    it(`takes ${code} for ${kind} before the reply, and ${begun} amid it`, () => {
      expect([kindOf(failing(code)), kindOf(failing(code), true)]).to.deep.equal([kind, begun]);
      expect(classify(failing(code)).retryable).to.equal(kind !== 'tls');
    });

  it('looks into errors of several addresses', () => {
    const refused = Object.assign(new Error('no'), { code: 'ECONNREFUSED' });
    const error = new TypeError('fetch failed', { cause: new AggregateError([refused, refused]) });
    expect(kindOf(error)).to.equal('refused');
  });

  it('knows what the package throws without a code', () => {
    expect(kindOf(new TypeError('terminated'), true)).to.equal('cut');
    expect(kindOf(new SyntaxError('Unexpected token'))).to.equal('garbage');
    expect(kindOf(new Error('Request timed out.'))).to.equal('network');
    expect(kindOf(new Error('x is not a function'))).to.equal('bug');
    expect(kindOf(undefined)).to.equal('bug');
  });

  it('ends when causes go round in a ring', () => {
    const error = new Error('round');
    error.cause = error;
    expect(kindOf(error)).to.equal('bug');
  });

  for (const [headers, wait] of [
    [{ 'retry-after': '3' }, 3000],
    [{ 'retry-after': '0.5' }, 500],
    [{ 'retry-after-ms': '250', 'retry-after': '3' }, 250],
    [{ 'retry-after': new Date(NOW + 90_000).toUTCString() }, 90_000],
    [{ 'retry-after': new Date(NOW - 90_000).toUTCString() }, 0],
    [{ 'retry-after': '99999999' }, 600_000],
    [{ 'retry-after': '-5' }, undefined],
    [{ 'retry-after': 'soon' }, undefined],
    [{ 'retry-after': '1e999' }, undefined],
    [{}, undefined],
  ] as const)
    it(`waits ${wait} ms for ${JSON.stringify(headers)}`, () => {
      expect(classify(answer(429, undefined, headers)).retryAfter).to.equal(wait);
      expect(classify(answer(503, undefined, headers)).retryAfter).to.equal(wait);
    });

  it('says which variable to set, whether there was a key or not', () => {
    expect(classify(answer(401, undefined)).text).to.equal(
      'work does not take the key. To mend it, set WORK_LLM_KEY, then /retry.',
    );
    expect(classify(answer(401, undefined), false, { ...CONTEXT, hasKey: false }).text).to.equal(
      'work wants a key, and there is none. To give one, set WORK_LLM_KEY, then /retry.',
    );
  });

  it('tells a model that is missing from an address without an API', () => {
    expect(classify(answer(404, { message: 'The model `big` does not exist' })).text).to.match(
      /has no model big.*\/model/,
    );
    expect(classify(answer(404, undefined)).text).to.equal(
      'There is no API for chats at https://llm.example.com/v1 (404): check base_url of [providers.work] (most addresses end in /v1).',
    );
  });

  it('repeats neither pages, nor keys, nor controls, nor long texts', () => {
    const page = '<!DOCTYPE html><html><body>secret-key-0123456789</body></html>';
    expect(classify(answer(500, page)).text).to.equal('work has a fault (500). /retry asks again.');
    const said = `\u001b[31mred\u202e ${'long '.repeat(1000)}`;
    const { text } = classify(answer(500, { message: said }));
    expect(text).not.to.match(/[\p{Cc}\u202e]/u);
    expect(text.length).to.be.below(300);
    for (const leak of ['secret-key-0123456789', 'secret-key-01****', 'Bearer abcdef123456', 'sk-proj-abc***xyz123'])
      expect(classify(answer(400, { message: `wrong: ${leak} here` })).text).to.match(/wrong: \[key\] here/);
  });

  it('shows a secret in no failure, whatever holds it', () => {
    const secret = CONTEXT.secrets[0] ?? '';
    const message = fc.tuple(fc.string(), fc.string()).map(([before, behind]) => `${before}${secret}${behind}`);
    const thrown = fc.oneof(
      fc
        .record({ status: fc.option(fc.integer({ min: 300, max: 599 }), { nil: undefined }), message })
        .map(({ status, message: text }) => answer(status, { message: text, code: text, type: text })),
      message.map((text) => new Error(text)),
      message.map((text) => answer(500, text)),
    );
    fc.assert(
      fc.property(thrown, fc.boolean(), (error, begun) => {
        const { text } = classify(error, begun);
        expect(text).not.to.contain(secret);
        expect(text).not.to.contain('hidden-token');
        expect(text).not.to.match(/\p{Cc}/u);
      }),
      { numRuns: 500 },
    );
  });

  it('throws at nothing', () => {
    fc.assert(
      fc.property(fc.anything({ withNullPrototype: true }), fc.boolean(), (thrown, begun) => {
        expect(classify(thrown, begun).text).not.to.equal('');
        expect(classify(answer(400, thrown), begun).text).not.to.equal('');
      }),
      { numRuns: 500 },
    );
  });
});

describe('failures that throw nothing', () => {
  it('are said in one sentence and may be tried again', () => {
    expect(stalledFailure(CONTEXT, 60_000).text).to.match(/^work was silent for 60 s\./);
    expect(cutFailure(CONTEXT)).to.deep.include({ kind: 'cut', retryable: true });
  });
});

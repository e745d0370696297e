import { expect } from 'chai';
import fc from 'fast-check';
import { conversationType } from '../../lib/conversation/conversation-type.ts';
import { conversationName, nameFrom } from '../../lib/conversation/namer.ts';

const RULES = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
const name = (...messages: string[]) => conversationName(messages, 20);

describe('the name of a conversation', () => {
  it('is made of the words that say what it is about, in their order', () => {
    expect(name('Please add a dark mode toggle to the settings page')).to.equal('dark-mode-toggle');
    expect(name('nginx answers 502 after each deploy')).to.match(/^nginx-.*502/);
  });

  it('comes from later messages where the first say nothing', () => {
    expect(name('hi')).to.equal(undefined);
    expect(name('hi', 'redis connection timeouts')).to.equal('redis-connection');
  });

  it('comes from the place and the kind of a failure', () => {
    const trace = [
      'ValueError: day is out of range for month',
      '    at nextDay (/srv/calendar.ts:3:1)',
      '    at Module._compile (node:internal/modules/cjs/loader:1105:14)',
    ];
    expect(name(trace.join('\n'))).to.match(/valueerror|calendar/);
  });

  it('is written in Latin letters', () => {
    expect(name('ошибка при подключении к redis')).to.match(/^oshibka-.*redis$|^oshibka-redis$/);
    expect(name('数据库连接超时')).to.match(/database|connection/);
    expect(name('ログインのテスト')).to.match(/login/);
    expect(name('로그인 에러')).to.equal('login-error');
    expect(name('Σφάλμα')).to.equal('sfalma');
  });

  it('holds nothing that nobody remembers', () => {
    expect(name('what is 3f786850e387550fdabd29f5 in redis')).to.equal('redis');
    expect(name('4111 1111 1111 1111', '127.0.0.1:8080')).to.equal(undefined);
  });

  it('splits no word, also where a long message is cut', () => {
    expect(conversationName(['kubernetes'], 5)).to.equal(undefined);
    const words = new Set(name('crocodile '.repeat(2000))?.split('-'));
    expect([...words]).to.deep.equal(['crocodile']);
    expect(name('a'.repeat(100_000))).to.equal(undefined);
  });

  it('keeps the rules, and is the same again, whatever was said', () => {
    const piece = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        'error:',
        'def f(x):',
        '\n',
        '```',
        'at a.b(c:1)',
        '数据库',
        '한국어',
        'S3',
        'diff --git a/x b/x',
        '\u001b[31m',
      ),
    );
    const message = fc.array(piece, { maxLength: 15 }).map((pieces) => pieces.join(' '));
    fc.assert(
      fc.property(fc.array(message, { maxLength: 4 }), fc.integer({ min: 1, max: 30 }), (messages, maximum) => {
        const found = conversationName(messages, maximum);
        expect(conversationName(messages, maximum)).to.equal(found);
        expect(conversationType(messages)).to.be.a('string');
        if (found === undefined) return;
        expect(found).to.match(RULES);
        expect(found.length).to.be.at.most(maximum);
      }),
    );
  });

  it('takes no time for what is huge or hostile', () => {
    const started = performance.now();
    for (const unit of [
      'a',
      'word ',
      '한',
      '(',
      'aB',
      "'",
      'function a(){} ',
      'x\n',
      '    at x.y(',
      'look over my ',
      'http://a/',
    ])
      expect(() => [name(unit.repeat(100_000)), conversationType([unit.repeat(100_000)])]).to.not.throw();
    expect(performance.now() - started).to.be.below(3000);
  });
});

describe('the name that somebody gave', () => {
  it('has as many of its words as fit', () => {
    expect(nameFrom(' "S3 Access Denied!"', 20)).to.equal('s3-access-denied');
    expect(nameFrom('one-two-three-four-five-six', 20)).to.equal('one-two-three-four');
    expect(nameFrom('\u001b]0;x\u0007', 20)).to.equal('0-x');
    expect([nameFrom('', 20), nameFrom('12 34', 20), nameFrom('incomprehensibilities', 20)]).to.deep.equal([
      undefined,
      undefined,
      undefined,
    ]);
  });
});

describe('what a conversation is for', () => {
  it('is told by its words, traces and diffs', () => {
    expect(conversationType(['why does the build fail'])).to.equal('debug');
    expect(conversationType(['KeyError: 7'])).to.equal('debug');
    expect(conversationType(['Should we use Kafka or SQS?'])).to.equal('planning');
    expect(conversationType(['please review my changes'])).to.equal('code-review');
    expect(conversationType(['--- a/x.ts\n+++ b/x.ts\n@@ -1 +1 @@\n-a\n+b'])).to.equal('code-review');
    expect(conversationType(['add error handling to the parser'])).to.equal('development');
    expect(conversationType([])).to.equal('development');
  });
});

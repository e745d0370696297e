import type { GuideHelp } from './guide-help.ts';
import { GUIDE_SHOWS } from './guide-shows.ts';

const LAST_WORD = 'Ask me anything about qmux, or type `help`.';

/** Greetings of other languages, with one in return; I speak English only, and say so. */
const GREETINGS: readonly (readonly [RegExp, string])[] = [
  [/^(hallo|guten (tag|morgen|abend)|moin|servus|gruezi|gruss gott)$/, 'Hallo!'],
  [/^(bonjour|salut|bonsoir|coucou)$/, 'Bonjour !'],
  [/^(hola|buenos dias|buenas( tardes| noches)?)$/, '¡Hola!'],
  [/^(ciao|buongiorno|buonasera|salve)$/, 'Ciao!'],
  [/^(ola|oi|bom dia|boa tarde|boa noite)$/, 'Olá!'],
  [/^(hej|hejsan|god dag|hei|moi)$/, 'Hej!'],
  [/^(hoi|goedendag|goedemorgen|dag)$/, 'Hallo!'],
  [/^(czesc|dzien dobry|ahoj|dobry den)$/, 'Cześć!'],
  [/^(merhaba|selam)$/, 'Merhaba!'],
  [/^(привет|здравствуи(те)?|добрыи день|привіт)$/, 'Привет!'],
  [/^(你好|您好|嗨|哈囉|哈罗)$/, '你好！'],
  [/^(こんにちは|こんにちわ|おはよう(ございます)?|こんはんは|ハロー)$/, 'こんにちは！'],
  [/^(안녕(하세요)?)$/u, '안녕하세요!'],
  [/^(مرحبا|السلام عليكم|سلام|اهلا)$/, 'مرحبا!'],
  [/^(नमसत|नमस्ते)$/, 'नमस्ते!'],
  [/^(שלום)$/, 'שלום!'],
];

const ENGLISH_GREETING =
  /^(hi|hello|hey|yo|hiya|howdy|greetings|good (morning|afternoon|evening|day))( there| guide| qmux| all)?$/;
const THANKS =
  /^((many |ok(ay)? )?thanks?( you)?( a lot| very much| so much)?|thx|ty|cheers|great|nice|cool|perfect|danke( schon)?|merci( beaucoup)?|(muchas )?gracias|grazie|obrigad[oa]|tack|dzieki|dziekuje|спасибо|谢谢|ありかとう(ございます)?|감사합니다)$/u;
const GOODBYE = /^(bye|goodbye|good ?bye|see you|ciao ciao|tschuss|au revoir|adios|farewell)$/;
const WHO =
  /^(who|what) (are|r) (you|u)( really| exactly)?$|^are you (an? )?(ai|llm|language model|bot|chatbot|gpt|chatgpt|claude|human|person|real|robot)\b.*$|^who (made|wrote|built|created) (you|this|qmux)$|^what is (this|the guide)$/;
const HELP =
  /^(help|help me|i need help|\?+|h|usage|what can (you|i|u) do( here)?|what (can|should) i (ask|type|say)( you)?|what do you (do|know)|how (do|does) (this|it|qmux) work|how do i use (this|it|qmux)|what now|hilfe|ayuda|aide|aiuto|commands?|menu|demo|show|show (me )?(everything|all|shows|demos?))$/;

/** The answer to a greeting, thanks, or the question what there is; undefined for anything else. */
export function smallTalk(question: string, help: GuideHelp): string | undefined {
  if (question.length > 200) return undefined;
  const plain = question
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .normalize('NFC')
    .toLowerCase()
    .replaceAll(/['’]/g, '')
    .replaceAll(/[\s,.!¡¿;:)(。！、，]+/gu, ' ')
    .trim();
  const sentence = plain.replace(/[?？]+$/u, '').trim();
  const words = sentence.replace(/( please)$|^(please )/, '');
  if (plain === '') return help.fill(overview());
  if (ENGLISH_GREETING.test(words)) return `Hello! ${LAST_WORD}`;
  if (THANKS.test(words)) return `You are welcome. ${LAST_WORD}`;
  if (GOODBYE.test(words))
    return help.fill('Goodbye. [[detach-client]] detaches: everything here goes on, and `qmux` brings you back.');
  if (WHO.test(words)) return who(help);
  if (HELP.test(words) || /^\?+$/.test(plain)) return help.fill(overview());
  const greeting = GREETINGS.find(([pattern]) =>
    pattern.test(words.normalize('NFKD').replaceAll(/\p{M}/gu, '').normalize('NFC')),
  );
  if (greeting !== undefined) return `${greeting[1]} I answer in English only. ${LAST_WORD}`;
  return undefined;
}

const who = (help: GuideHelp): string =>
  help.fill(
    "I am **qmux's built-in guide**: no language model, only qmux's own help with a search over it. I run inside qmux, " +
      'need no network, and send nothing anywhere. I can tell how qmux works, and show how chats behave: `help` lists ' +
      'how. For real answers, set an endpoint: ask me `how do I set an endpoint`.',
  );

function overview(): string {
  const shows = GUIDE_SHOWS.map(({ ask, summary }) => `| \`${ask}\` | ${summary} |`);
  return [
    'Ask in your own words how something is done in qmux, for example:',
    '',
    '- how do I open a second session?',
    '- how do I scroll back and copy?',
    '- how do I set an endpoint?',
    '- what does `capture-pane` do?',
    '',
    'And I can show how chats behave, with real tools and real approvals:',
    '',
    '| type this | and you see |',
    '| --- | --- |',
    ...shows,
    '',
    '[[list-keys -N]] lists all keys, [[describe-key]] tells what a key does, `/help` lists what may be typed here.',
  ].join('\n');
}

import { glossaryWord } from './foreign-words.ts';

const pairs = (text: string): readonly (readonly [string, string])[] =>
  text
    .trim()
    .split(/\s+/)
    .map((pair) => [pair.slice(0, 1), pair.slice(1)] as const);

/** Letters that lose nothing but their look, or are written as people write them without their keyboard. */
const LETTERS: ReadonlyMap<string, string> = new Map([
  ...pairs('äae öoe üue ßss æae œoe øo åa łl đd ðd þth ıi'),
  // Cyrillic
  ...pairs('аa бb вv гg дd еe ёe жzh зz иi йy кk лl мm нn оo пp рr сs тt уu фf хh цts чch шsh щshch ъ ыy ь эe юyu яya'),
  ...pairs('іi їi єe ґg ўu јj љlj њnj ћc ђdj џdz'),
  // Greek
  ...pairs('αa βv γg δd εe ζz ηi θth ιi κk λl μm νn ξx οo πp ρr σs ςs τt υy φf χch ψps ωo'),
]);

const KANA: ReadonlyMap<string, string> = new Map(
  pairs(
    `アa イi ウu エe オo カka キki クku ケke コko ガga ギgi グgu ゲge ゴgo サsa シshi スsu セse ソso ザza ジji ズzu ゼze ゾzo タta チchi
     ツtsu テte トto ダda ヂji ヅzu デde ドdo ナna ニni ヌnu ネne ノno ハha ヒhi フfu ヘhe ホho バba ビbi ブbu ベbe ボbo パpa ピpi プpu
     ペpe ポpo マma ミmi ムmu メme モmo ヤya ユyu ヨyo ラra リri ルru レre ロro ワwa ヲo ンn ヴvu ァa ィi ゥu ェe ォo ャya ュyu ョyo ッ ー`,
  ),
);

/** Initial, medial and final letters of a Hangul syllable, by the revised romanization. */
const INITIALS = 'g kk n d tt r m b pp s ss  j jj ch k t p h'.split(' ');
const MEDIALS = 'a ae ya yae eo e yeo ye o wa wae oe yo u wo we wi yu eu ui i'.split(' ');
const FINALS = ' k k k n n n t l k m l l l p l m p p t t ng t t k t p t'.split(' ');
const FIRST_SYLLABLE = 0xac00;
const LAST_SYLLABLE = 0xd7a3;

/** Korean words by whose end they are verbs, or ask for something. */
const KOREAN_VERB = /(?<![가-힣])[가-힣]*(?:요|다|까|면|고|서|지|해|줘)(?![가-힣])/g;

const isKana = (character: string): boolean => character >= 'ァ' && character <= 'ー';
const isHiragana = (character: string): boolean => character >= 'ぁ' && character <= 'ゟ';
const isHan = (character: string): boolean => character >= '㐀' && character <= '鿿';

/**
 * A text in ASCII letters, as long as it can be had: accents lost, Cyrillic, Greek, Hangul and katakana as they sound, and
 * what the glossary has in English. The rest of Chinese and Japanese is left out, as blanks.
 */
export function romanize(text: string): string {
  if (!/[^\x00-\x7f]/.test(text)) return text;
  const composed = text
    .normalize('NFKC')
    .replaceAll(/[’`´]/g, "'")
    .replaceAll(KOREAN_VERB, (word) => (glossaryWord(word, 0) === undefined ? ' ' : word));
  let written = '';
  for (let index = 0; index < composed.length; ) {
    const known = glossaryWord(composed, index);
    if (known !== undefined) {
      const [word, english] = known;
      written += ` ${english} `;
      index += word.length;
      // What follows a word known is its particle.
      while (isHangul(composed.charAt(index)) && glossaryWord(composed, index) === undefined) index += 1;
      continue;
    }
    written += letter(composed.charAt(index));
    index += 1;
  }
  return written.normalize('NFKD').replaceAll(/\p{M}/gu, '');
}

function letter(character: string): string {
  if (character <= '\x7f') return character;
  if (isHiragana(character) || isHan(character)) return ' ';
  if (isKana(character)) return KANA.get(character) ?? ' ';
  if (isHangul(character)) return syllable(character.charCodeAt(0) - FIRST_SYLLABLE);
  const lower = character.toLowerCase();
  const plain = LETTERS.get(lower) ?? LETTERS.get(lower.normalize('NFD').charAt(0));
  if (plain === undefined) return character;
  return lower === character ? plain : plain.charAt(0).toUpperCase() + plain.slice(1);
}

function isHangul(character: string): boolean {
  const code = character.charCodeAt(0);
  return code >= FIRST_SYLLABLE && code <= LAST_SYLLABLE;
}

function syllable(index: number): string {
  const initial = INITIALS[Math.floor(index / 588)] ?? '';
  const medial = MEDIALS[Math.floor((index % 588) / 28)] ?? '';
  return initial + medial + (FINALS[index % 28] ?? '');
}

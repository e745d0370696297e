import type { Random } from './random-screen.ts';

const OUTPUTS = [
  'a', 'hello ', '\r\n', '\n', '\r', '\b', '\t', '\x07', '中文', '🚀', 'e\u0301', '👨‍👩‍👧', '\u200d', '\x1bM', '\x1bc', '\x1b7', '\x1b8', '\x1b#8',
  '\x1b[1;31m', '\x1b[38;2;1;2;3m', '\x1b[4:3m', '\x1b[48:5:99m', '\x1b[0m', '\x1b[H', '\x1b[2J', '\x1b[3J', '\x1b[K', '\x1b[9999;9999H',
  '\x1b[5L', '\x1b[5M', '\x1b[99P', '\x1b[99@', '\x1b[99X', '\x1b[3;9r', '\x1b[99S', '\x1b[99T', '\x1b[999b', '\x1b[?1049h', '\x1b[?1049l',
  '\x1b[?2026h', '\x1b[?2026l', '\x1b[?1003h', '\x1b[?1006h', '\x1b[?2004h', '\x1b[>1u', '\x1b[c', '\x1b[6n', '\x1b[?69h', '\x1b[?6h', '\x1b[20t',
  '\x1b]0;title #(touch x) #[fg=red]\x07', '\x1b]2;\x1b\\', '\x1b]8;;http://a/\x1b\\', '\x1b]52;c;aGk=\x07', '\x1b]52;c;?\x07', '\x1b]4;1;?\x07', '\x1b]7;file:///\x07',
  '\x1b]133;A\x07', '\x1b]9;4;1;50\x07', '\x1b]99;i=1;x\x1b\\', '\x1b]777;notify;a;b\x07', '\x1bP$qm\x1b\\', '\x1bP+q544e\x1b\\', '\x1b_Gx\x1b\\', '\x1bkname\x1b\\',
]; // biome-ignore format: a list

const KEYS = [
  'a', 'Z', '0', ' ', '\r', '\n', '\t', '\x7f', 'é', '中', '\x01', '\x03', '\x04', '\x1a', '\x1b', '\x1b', '\x1bx', '\x1b[', '\x1bO', '\x1b[A', '\x1b[1;5C', '\x1bOP', '\x1b[15~',
  '\x1b[I', '\x1b[O', '\x1b[97;5u', '\x1b[200~', '\x1b[201~', '\x1b[<', '\x1b]11;rgb:0/0/0\x07', '\x1b[?62c', '\x1bP>|x\x1b\\', '\x1b[?1u', '\xff',
]; // biome-ignore format: a list

/** Keys after the prefix; all but the one that opens the command line, on which anything could be meant. */
const PREFIXED = [
  ...'cnplwsdfxy&,.?~[]=#\'"%!{}<>;tzqio0123456789-(){}$mMDLC\x02 \r\x1b',
  '\x1b[5~',
  '\x1b[A',
  '\x1b[1;5D',
];

export function randomBytes(random: Random, length: number): Uint8Array {
  return Uint8Array.from({ length }, () => random(256));
}

/** What no program should print: escape sequences whole, cut, and changed; text; bytes. */
export function randomOutput(random: Random, length: number): Uint8Array {
  const pieces: Uint8Array[] = [];
  for (let total = 0; total < length; ) {
    const piece = mutated(random, Buffer.from(OUTPUTS[random(OUTPUTS.length)] ?? ''));
    pieces.push(piece);
    total += piece.length;
  }
  return Buffer.concat(pieces);
}

function mutated(random: Random, bytes: Buffer): Uint8Array {
  switch (random(8)) {
    case 0:
      return bytes.subarray(0, random(bytes.length + 1));
    case 1:
      return Uint8Array.from(bytes, (byte) => (random(4) === 0 ? random(256) : byte));
    case 2:
      return randomBytes(random, random(30));
    case 3:
      return Buffer.from(
        `\x1b[${'?>=<'[random(5)] ?? ''}${random(100_000)};${random(300)}${String.fromCharCode(0x40 + random(63))}`,
      );
    default:
      return bytes;
  }
}

/** What hands, mice and lines that lose bytes send. */
export function randomKeys(random: Random): string {
  let keys = '';
  for (let count = 1 + random(12); count > 0; count -= 1) {
    const kind = random(6);
    if (kind === 0) keys += `\x02${PREFIXED[random(PREFIXED.length)] ?? ''}`;
    else if (kind === 1) keys += `\x1b[<${random(130)};${random(130)};${random(60)}${'Mm'[random(2)]}`;
    else if (kind === 2) keys += String.fromCharCode(random(0x300)).replace('\x02', '');
    else keys += KEYS[random(KEYS.length)] ?? '';
  }
  return keys;
}

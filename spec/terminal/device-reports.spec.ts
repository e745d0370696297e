import { expect } from 'chai';
import { openTerminal } from '../support/open-terminal.ts';

const replies: readonly (readonly [query: string, reply: string])[] = [
  ['\x1b[c', '\x1b[?64;21;22;28;52c'],
  ['\x1b[0c', '\x1b[?64;21;22;28;52c'],
  ['\x1b[1c', ''],
  ['\x1b[>c', '\x1b[>41;380;0c'],
  ['\x1b[=c', '\x1bP!|716D7578\x1b\\'],
  ['\x1b[>q', '\x1bP>|qmux(1.2.3)\x1b\\'],
  ['\x1b[5n', '\x1b[0n'],
  ['ab\x1b[6n', '\x1b[1;3R'],
  [`${'x'.repeat(20)}\x1b[6n`, '\x1b[1;20R'],
  ['\x1b[2;4r\x1b[?6h\x1b[2;5H\x1b[6n', '\x1b[2;5R'],
  ['\x1b[3;4H\x1b[?6n', '\x1b[?3;4R'],
  ['\x1b[?996n', '\x1b[?997;1n'],
  ['\x1b[7n\x1b[?7n', ''],
  ['\x1b[?15n\x1b[?25n\x1b[?26n', '\x1b[?13n\x1b[?21n\x1b[?27;1;0;0n'],
  ['\x1b[?53n\x1b[?55n\x1b[?56n', '\x1b[?53n\x1b[?53n\x1b[?57;0n'],
  ['\x1b[?62n\x1b[?63;7n\x1b[?75n\x1b[?85n', '\x1b[0*{\x1bP7!~0000\x1b\\\x1b[?70n\x1b[?83n'],
  ['\x1b[x\x1b[1x\x1b[2x', '\x1b[2;1;1;128;128;1;0x\x1b[3;1;1;128;128;1;0x'],
  ['\x1b[&u\x1b[1$u\x1b[2$u', '\x1bP1!uA\x1b\\'],
  ['\x1b[2$w\x1b[3g\x1b[5GH\x1b[5G\x1bH\x1b[2$w', '\x1bP2$u1/9/17\x1b\\\x1bP2$u5\x1b\\'],
  ['\x1b[1$w', '\x1bP1$u1;1;1;@;@;@;0;2;@;BBBB\x1b\\'],
  [`\x1b[?6h\x1b[1;4;7m\x1b[1"q\x1b-A\x1b*0\x0e\x1b[3;20Hx\x1b[1$w\x1b[3$w`, '\x1bP1$u3;20;1;K;A;I;1;2;B;BA0B\x1b\\'],
  [
    '\x1b G\x1b[5n\x1b[c\x1bP$qr\x1b\\\x1bP$q"p\x1b\\\x1b F\x1b[5n',
    '\x9b0n\x9b?64;21;22;28;52c\x901$r1;5r\x9c\x901$r64;0"p\x9c\x1b[0n',
  ],
  ['\x1b[62;0"p\x1b[5n\x1b[62;1"p\x1b[5n\x1b[62;2"p\x1b[5n\x1b[61;2"p\x1b[5n', '\x9b0n\x1b[0n\x9b0n\x1b[0n'],
  ['\x1b G\x1b[62"p\x1b[5n\x1bc\x1b[5n', '\x9b0n\x1b[0n'],
  [
    '\x1b[?1045$p\x1b[?1045h\x1b[?1045$p\x1b[?1036$p\x1b[?1034$p',
    '\x1b[?1045;2$y\x1b[?1045;1$y\x1b[?1036;3$y\x1b[?1034;4$y',
  ],
  ['\x1b[4$p\x1b[4h\x1b[4$p\x1b[20$p\x1b[99$p', '\x1b[4;2$y\x1b[4;1$y\x1b[20;2$y\x1b[99;0$y'],
  ['\x1b[?7$p\x1b[?7l\x1b[?7$p', '\x1b[?7;1$y\x1b[?7;2$y'],
  ['\x1b[?2026$p\x1b[?2026h\x1b[?2026$p', '\x1b[?2026;2$y\x1b[?2026;1$y'],
  ['\x1b[?2027$p\x1b[?31337$p', '\x1b[?2027;3$y\x1b[?31337;0$y'],
  ['\x1b[?1002h\x1b[?1006h\x1b[?1002$p\x1b[?1000$p\x1b[?1006$p', '\x1b[?1002;1$y\x1b[?1000;2$y\x1b[?1006;1$y'],
  ['\x1b[?1049h\x1b[?1049$p\x1b[?25$p', '\x1b[?1049;1$y\x1b[?25;1$y'],
  ['\x1b[1;4:3;38;5;200m\x1bP$qm\x1b\\', '\x1bP1$r0;1;4:3;38;5;200m\x1b\\'],
  ['\x1b[2;4r\x1bP$qr\x1b\\', '\x1bP1$r2;4r\x1b\\'],
  ['\x1bP$q q\x1b\\\x1b[5 q\x1bP$q q\x1b\\', '\x1bP1$r0 q\x1b\\\x1bP1$r5 q\x1b\\'],
  ['\x1bP$q"p\x1b\\', '\x1bP1$r64;1"p\x1b\\'],
  ['\x1b[1"q\x1bP$q"q\x1b\\', '\x1bP1$r1"q\x1b\\'],
  ['\x1b[?69h\x1b[3;9s\x1bP$qs\x1b\\\x1b[?69l\x1bP$qs\x1b\\', '\x1bP1$r3;9s\x1b\\\x1bP1$r1;20s\x1b\\'],
  ['\x1bP$qt\x1b\\\x1bP$q$|\x1b\\\x1bP$q*|\x1b\\', '\x1bP1$r5t\x1b\\\x1bP1$r20$|\x1b\\\x1bP1$r5*|\x1b\\'],
  ['\x1bP$q*x\x1b\\\x1b[2*x\x1bP$q*x\x1b\\', '\x1bP1$r0*x\x1b\\\x1bP1$r2*x\x1b\\'],
  ['\x1b[?69h\x1b[3;9s\x1b[2;4r\x1b[?6h\x1b[2;3H\x1b[6n', '\x1b[2;3R'],
  ['\x1b[?69$p\x1b[?69h\x1b[?69$p\x1b[?3$p', '\x1b[?69;2$y\x1b[?69;1$y\x1b[?3;4$y'],
  ['\x1bZ', '\x1b[?64;21;22;28;52c'],
  ['\x1bP$qx\x1b\\', '\x1bP0$r\x1b\\'],
  ['\x1bP+q544E\x1b\\', '\x1bP1+r544E=787465726D2D323536636F6C6F72\x1b\\'],
  ['\x1bP+q436f;524742\x1b\\', '\x1bP1+r436f=323536\x1b\\\x1bP1+r524742=382F382F38\x1b\\'],
  ['\x1bP+q6b31;xyz\x1b\\', '\x1bP0+r6b31\x1b\\\x1bP0+r\x1b\\'],
  ['\x1bP+q5f5f70726f746f5f5f\x1b\\', '\x1bP0+r5f5f70726f746f5f5f\x1b\\'],
  ['\x1b]11;?\x07', '\x1b]11;rgb:0000/0000/0000\x1b\\'],
  [
    '\x1b]10;?;?;?\x1b\\',
    '\x1b]10;rgb:d0d0/d0d0/d0d0\x1b\\\x1b]11;rgb:0000/0000/0000\x1b\\\x1b]12;rgb:d0d0/d0d0/d0d0\x1b\\',
  ],
  [
    '\x1b]4;1;?;231;?;232;?\x07',
    '\x1b]4;1;rgb:cdcd/0000/0000\x1b\\\x1b]4;231;rgb:ffff/ffff/ffff\x1b\\\x1b]4;232;rgb:0808/0808/0808\x1b\\',
  ],
  ['\x1b]4;256;?;x;?;1\x07\x1b]11;#fff\x07', ''],
  ['\x1b[14t\x1b[16t\x1b[18t\x1b[19t', '\x1b[4;80;160t\x1b[6;16;8t\x1b[8;5;20t\x1b[9;5;20t'],
  ['\x1b[11t\x1b[13t\x1b[15t', '\x1b[1t\x1b[3;0;0t\x1b[5;80;160t'],
  ['\x1b]2;rm -rf\x07\x1b[20t\x1b[21t\x1b[3;1;1t\x1b[8;50;50t', '\x1b]L\x1b\\\x1b]l\x1b\\'],
  ['\x1bP+q5463;536d756c78\x1b\\', '\x1bP1+r5463\x1b\\\x1bP1+r536d756c78=1B5B343A25703125646D\x1b\\'],
  ['\x1b]17;?\x07\x1b]19;?;?\x07', '\x1b]17;rgb:d0d0/d0d0/d0d0\x1b\\\x1b]19;rgb:0000/0000/0000\x1b\\'],
  ['\x1b[?u\x1b[>5u\x1b[?u\x1b[<u\x1b[?u', '\x1b[?0u\x1b[?5u\x1b[?0u'],
  ['\x1b[?4m\x1b[>4;2m\x1b[?4m\x1b[>4m\x1b[?4m', '\x1b[>4;0m\x1b[>4;2m\x1b[>4;0m'],
  ['\x1b]52;c;?\x07', ''],
];

describe('replies to queries', () => {
  for (const [query, reply] of replies) {
    it(`answers ${JSON.stringify(query)}`, () => {
      const whole = openTerminal();
      whole.write(query);
      expect(whole.replies()).to.equal(reply);
      const cut = openTerminal();
      for (const byte of Buffer.from(query)) cut.terminal.write(Uint8Array.of(byte));
      expect(cut.replies()).to.equal(reply);
    });
  }

  it('tells the colours it was given', () => {
    const { terminal, write, replies } = openTerminal();
    terminal.setColors({ foreground: 0x102030, background: 0xfafbfc, cursor: 0xff0000 });
    write('\x1b]10;?\x07\x1b]11;?\x07\x1b]12;?\x07\x1b[?996n');
    expect(replies()).to.equal(
      '\x1b]10;rgb:1010/2020/3030\x1b\\\x1b]11;rgb:fafa/fbfb/fcfc\x1b\\\x1b]12;rgb:ffff/0000/0000\x1b\\\x1b[?997;2n',
    );
  });
});

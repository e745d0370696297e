const REPLACEMENT = 0xfffd;

/**
 * Bytes to code points, whatever the cuts between them. Broken sequences become U+FFFD, one for each longest start of
 * a sequence, as Unicode recommends.
 */
export class Utf8Decoder {
  #point = 0;
  /** Continuation bytes still to come, and the range that the next one must lie in. */
  #missing = 0;
  #low = 0x80;
  #high = 0xbf;

  /** Decodes `bytes` into `target`, which must hold one entry more than there are bytes, and returns how many. */
  decode(bytes: Uint8Array, target: Uint32Array): number {
    const { length } = bytes;
    let count = 0;
    let index = 0;
    while (index < length) {
      if (this.#missing === 0) {
        let byte = bytes[index] ?? 0;
        while (byte < 0x80) {
          target[count++] = byte;
          if (++index === length) return count;
          byte = bytes[index] ?? 0;
        }
        index += 1;
        if (!this.#start(byte)) target[count++] = REPLACEMENT;
        continue;
      }
      const byte = bytes[index] ?? 0;
      if (byte < this.#low || byte > this.#high) {
        this.#missing = 0;
        target[count++] = REPLACEMENT;
        continue;
      }
      index += 1;
      this.#point = (this.#point << 6) | (byte & 0x3f);
      this.#low = 0x80;
      this.#high = 0xbf;
      if (--this.#missing === 0) target[count++] = this.#point;
    }
    return count;
  }

  /** Takes the first byte of a sequence; no overlong forms, no surrogates, nothing past U+10FFFF. */
  #start(byte: number): boolean {
    this.#low = 0x80;
    this.#high = 0xbf;
    if (byte >= 0xc2 && byte <= 0xdf) {
      this.#missing = 1;
      this.#point = byte & 0x1f;
    } else if (byte >= 0xe0 && byte <= 0xef) {
      this.#missing = 2;
      this.#point = byte & 0x0f;
      if (byte === 0xe0) this.#low = 0xa0;
      if (byte === 0xed) this.#high = 0x9f;
    } else if (byte >= 0xf0 && byte <= 0xf4) {
      this.#missing = 3;
      this.#point = byte & 0x07;
      if (byte === 0xf0) this.#low = 0x90;
      if (byte === 0xf4) this.#high = 0x8f;
    } else return false;
    return true;
  }
}

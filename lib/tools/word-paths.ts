/**
 * What in a word of a command line may name a file: all of it, what follows a `=`, `:`, `,` or `@` (`--out=x`,
 * `if=/dev/sda`, `host:/path`), and what follows the letters of options (`-o/etc/x`, `-xf../y`).
 */
export function pathsInWord(word: string): readonly string[] {
  const candidates = new Set<string>();
  const pieces = [word];
  for (let at = 0; at < word.length && pieces.length < 100; at += 1)
    if ('=:,@'.includes(word.charAt(at))) pieces.push(word.slice(at + 1));
  for (const piece of pieces) {
    // A piece also ends where the next may begin: `a:b` is a path list as well as a name.
    for (const each of [piece, piece.split(/[:,]/, 1)[0] ?? '']) {
      if (each === '') continue;
      candidates.add(each);
      const attached = /^-[A-Za-z](.+)$/.exec(each)?.[1];
      if (attached !== undefined) candidates.add(attached);
      const clustered = /^-[A-Za-z]{1,4}(\/.*|\.\.(?:\/.*)?)$/.exec(each)?.[1];
      if (clustered !== undefined) candidates.add(clustered);
    }
  }
  return [...candidates];
}

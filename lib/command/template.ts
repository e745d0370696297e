/** What a double-quoted word would take for something else. */
const SPECIAL = /["\\$;~]/g;

/**
 * A template with the answers in their places, as tmux does it: `%1` … `%9` by number, each `%%` the next answer in
 * order; with one more `%` escaped for use within double quotes. All at once, so that an answer is never a template.
 */
export function fillTemplate(template: string, answers: readonly string[]): string {
  let next = 0;
  return template.replace(/%([1-9])(%?)|%%(%?)/g, (whole, digit: string | undefined, a?: string, b?: string) => {
    const answer = answers[digit === undefined ? next++ : Number(digit) - 1];
    if (answer === undefined) return whole;
    return (a ?? b) === '%' ? answer.replace(SPECIAL, '\\$&') : answer;
  });
}

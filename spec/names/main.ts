import { type Judged, judgeOpenings, share } from './openings.ts';

const percent = (part: number): string => `${(100 * part).toFixed(1)} %`;

function report(part: 'build' | 'judge'): string {
  const judged = judgeOpenings(part);
  const miss = ({ name, words, foundType, type, messages, isDescriptive }: Judged) =>
    `  ${[
      isDescriptive ? '' : `${name ?? '(none)'} holds too little of ${words.join(' ') || 'nothing'}`,
      foundType === type ? '' : `${foundType} is ${type}`,
    ]
      .filter((text) => text !== '')
      .join('; ')}: ${JSON.stringify(messages).slice(0, 100)}`;
  return [
    `${part}: ${judged.length} openings, ${percent(share(judged, ({ isDescriptive }) => isDescriptive))} descriptive names, ` +
      `${percent(share(judged, ({ foundType, type }) => foundType === type))} right types`,
    ...judged.filter(({ isDescriptive, foundType, type }) => !isDescriptive || foundType !== type).map(miss),
  ].join('\n');
}

const wanted = process.argv[2];
for (const part of ['build', 'judge'] as const)
  if (wanted === undefined || wanted === part) process.stdout.write(`${report(part)}\n`);

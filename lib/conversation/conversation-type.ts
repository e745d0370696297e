import { type OpeningLine, openingLines } from './opening-parts.ts';
import { DEFAULT_SESSION_TYPE, type SessionType } from './session-type.ts';

/** A sign of a type in what a person says. */
interface Sign {
  readonly pattern: RegExp;
  readonly points: number;
}

const sign = (points: number, pattern: RegExp): Sign => ({ points, pattern });

const REVIEW: readonly Sign[] = [
  sign(4, /\bcode[- ]review\b|\bsecurity (?:review|audit)\b/i),
  sign(
    4,
    /\breview(?:ing)? (?:of )?(?:#?\d+|this|that|these|those|my|our|the (?:pr|pull|branch|diff|patch|change|code|commit|staged|last)|pr\b|pull request|merge request|branch|diff|staged|commit|changes?|code)/i,
  ),
  sign(4, /(?:^|[.!?] |please |you )review\b/i),
  sign(3, /\b(?:pr|mr|pull request|merge request) ?#?\d+/i),
  sign(
    4,
    /\b(?:look over|go over|have a look at|feedback on|thoughts on|opinion on|critique|nitpick) (?:this|my|our|the)\b.*\b(?:code|change|patch|diff|commit|implementation|branch|function|class|pr)\b/i,
  ),
  sign(
    4,
    /\bwhat do you think (?:of|about) (?:this|my|the) (?:code|change|patch|diff|commit|function|implementation|pr)\b/i,
  ),
  sign(
    3,
    /\bcritique\b|\bis (?:it|this|that|my code) (?:idiomatic|clean|thread[- ]?safe|good style)|\bfeedback (?:is )?welcome\b/i,
  ),
  sign(4, /\baudit (?:this|my|our|the) .*\b(?:code|contract|function|module|change|file)\b/i),
  sign(
    4,
    /(?:コード)?レビュー|코드 ?리뷰|리뷰해|代码审查|审查|評審|评审|код-?ревью|ревью|\b(?:revisa|revisar|revise|relis|relire|relecture|überprüfe|durchsehen|prüfe)\b/i,
  ),
];

const DEBUG: readonly Sign[] = [
  sign(
    3,
    /\b(?:bug|crash(?:es|ed|ing)?|segfault\w*|deadlocks?|stack ?trace|traceback|memory leaks?|leaks|race condition|core dump|panics?|flaky|regression|crashloopbackoff|oom(?:killed)?|out of memory)\b/i,
  ),
  sign(3, /\b(?:error|exception)s?\b(?! (?:handling|message|page|boundary|tracking|codes?))/i),
  sign(3, /\b(?:fails?|failed|failing|failure)\b/i),
  sign(
    3,
    /\b(?:broken|stuck|hangs?|hanging|freezes?|frozen|unresponsive|stale|corrupt(?:ed)?|unavailable|missing|unexpected(?:ly)?|twice|at random|randomly)\b/i,
  ),
  sign(
    3,
    /\b(?:does ?n[o']?t|is ?n[o']?t|wo ?n'?t|not|never|stopped|no longer|quit) (?:work|load|start|run|show|appear|respond|connect|compil|build|render|updat|respond|com)\w*/i,
  ),
  sign(
    3,
    /\b(?:times? out|timed out|timeouts?|timing out|disconnect(?:s|ed)?|drops?|lost|loses|losing|keeps? (?:on )?(?:getting|growing|failing|crashing)|kills? it|nothing comes)\b/i,
  ),
  sign(
    3,
    /\b(?:access ?denied|permission denied|denied|forbidden|unauthorized|refused|deadline_?exceeded|bad gateway|50[0-4]|4(?:0[013]|29))\b/i,
  ),
  sign(
    2,
    /\b(?:slow|lag|lagging|spikes?|100 ?%|off by|wrong|incorrect|weird|strange(?:ly)?|flicker\w*|overflows?|jumps?|climbing|growing|nan|rotated|double|duplicated?|undefined|unassigned|complain\w*|loop)\b/i,
  ),
  sign(
    3,
    /\b(?:cannot|can ?not|can't|could not|couldn't|unable to) (?:resolve|find|connect|read|open|load|import|borrow|start|log|access|install|build|be)\b/i,
  ),
  sign(
    2,
    /\bwhy (?:is|are|does|do|did|am|can'?t|won'?t|isn'?t|doesn'?t)\b|\bwhat(?:'s| is| am i| are we) (?:going on|wrong|missing|the cause|doing wrong)|\bfind out why\b|\bany idea\b/i,
  ),
  sign(2, /\b(?:debug|troubleshoot|diagnose|investigate|root cause|track down)\b/i),
  sign(
    1,
    /\b(?:since (?:yesterday|last|this|the|i|we|noon|today)|worked (?:yesterday|before|fine)|after (?:the |an? |each |every )?(?:update|upgrade|deploy)|in production|suspect|problem|issue|restart(?:ed)?)\b/i,
  ),
  sign(3, /\b(?:fix|solve)\b/i),
  sign(
    3,
    /エラー|動かな|動きません|起動しま?せん|できません|バグ|クラッシュ|落ち|失敗|错误|錯誤|报错|異常|异常|失败|超时|超時|崩溃|崩潰|无法|不能|不了|卡死|에러|오류|버그|크래시|안 ?되|안돼|실패/i,
  ),
  sign(3, /ошибк|падает|падают|не работает|не запуск|не могу|сломал|завис|вылета|исправ|баг|помилк|не працює/i),
  sign(3, /\b(?:fehler|absturz|stürz\w*|funktioniert nicht|geht nicht|kaputt|hängt|langsam|klappt nicht)\b/i),
  sign(
    3,
    /\b(?:falla|fallo|fallan|no funciona|no puedo|lent[ao]|se cae|roto|erro|falha|não funciona|travando|quebrad[ao])(?!\p{L})/iu,
  ),
  sign(
    3,
    /\b(?:erreur|plante|ne (?:marche|fonctionne|démarre) p(?:as|lus)|échoue|lente?|bloqué|errore|non funziona|lento|werkt niet|fout|błąd|nie działa|hata|çalışmıyor)(?!\p{L})/iu,
  ),
];

const PLANNING: readonly Sign[] = [
  sign(
    4,
    /\b(?:roadmap|architecture|system design|trade-?offs?|pros and cons|brainstorm\w*|milestones?|proposal|rfc|adr|feasibility)\b/i,
  ),
  sign(
    4,
    /\b(?:should|shall) (?:we|i) (?:use|go|choose|pick|take|move|split|build|migrate|adopt|keep|start|switch)\b/i,
  ),
  sign(
    4,
    /\bestimate\b|\beffort\b|\bbreak (?:it|this|that|them|the)?\b.*\b(?:down|into (?:tasks|stories|steps|tickets))\b/i,
  ),
  sign(
    4,
    /(?:^|[.!?:] |let's |help me |please |to )(?:plan|design|sketch|think through|think about|outline)\b|\b(?:a|the|our) (?:plan|strategy|design|approach) (?:for|to|of|that)\b|\bstrategy\b/i,
  ),
  sign(
    3,
    /\b(?:what would|how would|how should|which .* would|what .* would) (?:you|we|an?|i)\b|\bbest (?:approach|way to (?:structure|organi[sz]e|split|architect))\b|\boptions are\b|\bbefore we (?:write|start|begin|code)\b/i,
  ),
  sign(
    3,
    /\bthinking (?:about|of) (?:moving|switching|migrating|splitting|building|using|adopting)\b|\bwe(?:'re| are) considering\b|\bnext (?:sprint|quarter)\b|\bbacklog\b|\bq[1-4]\b/i,
  ),
  sign(
    3,
    /\bcompare\b|\b\w+ (?:vs\.?|versus) \w+|\bwhich (?:one )?(?:is|should|would) (?:be )?(?:better|best|we|i)\b|\bideas (?:for|on|about)\b/i,
  ),
  sign(
    4,
    /アーキテクチャ|計画|設計し|方针|架构|架構|方案|规划|計劃|设计一|技术选型|아키텍처|설계|계획|архитектур|план |спланир|спроектир|\b(?:architektur|planen|entwurf|konzept|arquitectura|planificar|diseñar|arquitetura|planejar|concevoir|planifier|progettare)\b/i,
  ),
];

const VERBS =
  'add|implement|create|write|build|make|generate|refactor|rename|convert|extract|migrate|port|upgrade|bump|replace|remove|delete|set up|setup|switch|split|introduce|introducing|expose|let|give|open|use|improve|update|move|plot|draw|explain|show|describe|document|translate|wrap|integrate|configure|install|deploy|scaffold|parse|chunk';
const BUILDING: readonly Sign[] = [
  sign(4, new RegExp(`^(?:(?:please|pls|hi|hello|hey|ok|so|now|and|then)[ ,!.]+)*(?:${VERBS})\\b`, 'i')),
  sign(
    3,
    new RegExp(
      `\\b(?:please|can you|could you|would you|you to|want to|need to|like to|let's|help me|want you to|we need|i need|whether you could) (?:please )?(?:${VERBS})\\b`,
      'i',
    ),
  ),
  sign(2, /\b(?:i want|i'd like|i would like|we want|we need|i need|would like to have|we'd like)\b/i),
  sign(
    2,
    /\bhow (?:do|can|would|to) (?:i|we|you)?\b|\bwhat(?:'s| is) the difference\b|\bdifference between\b|\bhow does\b|\bexplain\b/i,
  ),
  sign(
    3,
    /напиши|написать|добавь|добавить|сделай|сделать|создай|создать|写一|写个|实现|帮我写|帮我用|添加|新增|作って|書いて|追加して|実装して|만들어|추가해|작성해|구현해/i,
  ),
  sign(
    3,
    /\b(?:ich möchte|baue|erstelle|füge|schreibe|implementiere|ergänze|quiero|crea|escribe|agrega|añade|voudrais|ajoute[rz]?|crée[rz]?|écri[st]|escreva|adicione|crie|scrivi|aggiungi|schrijf|napisz|dodaj)\b/iu,
  ),
];

/** What is looked at of the prose, in UTF-16 units. */
const MAXIMUM_PROSE = 3000;

/**
 * What a conversation is for, from the first messages of the person: by signs in its words, by traces and diffs. Where
 * nothing tells, it is development.
 */
export function conversationType(messages: readonly string[]): SessionType {
  const lines = messages.slice(0, 3).flatMap((message) => openingLines(message));
  const prose = proseOf(lines);
  const sentences = prose.split(/(?<=[.!?])\s+|\n/);
  const points: Record<SessionType, number> = {
    'code-review': sum(REVIEW, [prose]) + (lines.some(({ kind }) => kind === 'diff') ? 4 : 0),
    debug: sum(DEBUG, [prose]) + traces(lines),
    planning: sum(PLANNING, sentences),
    development: sum(BUILDING, sentences),
  };
  let best: SessionType = DEFAULT_SESSION_TYPE;
  // At a tie the first of these.
  for (const type of ['code-review', 'planning', 'debug'] as const)
    if (
      points[type] > points[best] ||
      (best === DEFAULT_SESSION_TYPE && points[type] === points[best] && points[type] > 0 && type !== 'debug')
    )
      best = type;
  return best;
}

const proseOf = (lines: readonly OpeningLine[]): string =>
  lines
    .filter(({ kind }) => kind === 'prose')
    .map(({ text }) => text.replaceAll('’', "'"))
    .join('\n')
    .slice(0, MAXIMUM_PROSE);

function traces(lines: readonly OpeningLine[]): number {
  return (lines.some(({ kind }) => kind === 'error') ? 4 : 0) + (lines.some(({ kind }) => kind === 'frame') ? 2 : 0);
}

/** Each sign counts once. */
const sum = (signs: readonly Sign[], texts: readonly string[]): number =>
  signs.reduce((total, { pattern, points }) => total + (texts.some((text) => pattern.test(text)) ? points : 0), 0);

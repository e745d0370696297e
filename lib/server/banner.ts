import type { Session } from '../session/session.ts';
import type { Line } from '../text/line.ts';
import { stripControls } from '../text/sanitize.ts';
import { BOLD, PLAIN } from '../text/style.ts';
import type { EndpointTrouble } from './endpoint-watch.ts';

/** What stands over a chat while no endpoint can be reached; over a program nothing does. */
export function bannerLine(
  trouble: EndpointTrouble | undefined,
  session: Session,
  key: string | undefined,
  now: number,
): Line | undefined {
  if (trouble === undefined || session.kind !== 'chat') return undefined;
  const { reason, nextTry } = trouble;
  const next = nextTry === undefined ? 'trying now' : `next try in ${Math.max(1, Math.ceil((nextTry - now) / 1000))} s`;
  return [
    { text: 'No endpoint can be reached', style: { ...PLAIN, attributes: BOLD } },
    {
      text: ` · ${next} · ${stripControls(reason, 200)}${key === undefined ? '' : ` · ${key} hides this`}`,
      style: PLAIN,
    },
  ];
}

import { isSessionType } from '../conversation/session-type.ts';
import { NAME_LENGTH } from './session-name.ts';

/** The first name of a chat: its type and the lowest number that makes it unique, as `development-1`. */
export function chatName(type: string, isTaken: (name: string) => boolean, maximum: number = NAME_LENGTH): string {
  for (let number = 1; ; number++) {
    const suffix = `-${number}`;
    const candidate = `${type.slice(0, Math.max(1, maximum - suffix.length)).replace(/-+$/, '')}${suffix}`;
    if (!isTaken(candidate)) return candidate;
  }
}

/** Whether a name is one that `chatName` gives, of whatever type. */
export const isFirstName = (name: string): boolean => /-\d+$/.test(name) && isSessionType(name.replace(/-\d+$/, ''));

import { Emitter } from '../../lib/base/emitter.ts';
import { sessionId } from '../../lib/base/id.ts';
import type { Session, SessionEvent } from '../../lib/session/session.ts';
import { PLAIN_MODES } from '../../lib/terminal/plain-modes.ts';
import { TextRows } from './text-rows.ts';

/** A session as lists see one: facts and rows, no process behind them. */
export function plainSession(index: number, name: string, facts: Partial<Session> = {}): Session {
  const nothing = (): void => undefined;
  return {
    id: sessionId(index + 10),
    kind: 'program',
    name,
    index,
    createdAt: 0,
    lastActivity: 0,
    status: 'processing',
    waitingReason: undefined,
    waitingSince: undefined,
    seen: true,
    isShown: false,
    unread: 0,
    preview: '',
    size: { columns: 20, rows: 5 },
    content: new TextRows([name]),
    cursor: { x: 0, y: 0, visible: true, shape: undefined, blinking: false },
    modes: PLAIN_MODES,
    title: '',
    isInputOff: false,
    exit: undefined,
    events: new Emitter<SessionEvent>().event,
    memoryUse: 0,
    keyTable: undefined,
    actions: [],
    action: () => false,
    kill: () => Promise.resolve(),
    rename: nothing,
    setTitle: nothing,
    setInputOff: nothing,
    setIndex: nothing,
    resize: nothing,
    input: nothing,
    send: nothing,
    paste: nothing,
    setShown: nothing,
    clearHistory: nothing,
    resetTerminal: nothing,
    fact: () => undefined,
    dispose: nothing,
    ...facts,
  };
}

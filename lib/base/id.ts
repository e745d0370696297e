declare const brand: unique symbol;
type Branded<T, Name extends string> = T & { readonly [brand]: Name };

/** A session's number, never given twice by one server; `$3`, `@3` and `%3` in a target all mean it. */
export type SessionId = Branded<number, 'SessionId'>;
/** A pane's number within its client's layout. */
export type PaneId = Branded<number, 'PaneId'>;
/** A connected client's number, never given twice by one server. */
export type ClientId = Branded<number, 'ClientId'>;

export const sessionId = (value: number): SessionId => value as SessionId;
export const paneId = (value: number): PaneId => value as PaneId;
export const clientId = (value: number): ClientId => value as ClientId;

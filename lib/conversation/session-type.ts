/** What a chat is for: it gives the system prompt, the colour and the first name. */
export const SESSION_TYPES = ['debug', 'planning', 'development', 'code-review'] as const;

export type SessionType = (typeof SESSION_TYPES)[number];

export const DEFAULT_SESSION_TYPE: SessionType = 'development';

export const isSessionType = (word: string): word is SessionType => SESSION_TYPES.some((type) => type === word);

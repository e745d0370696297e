export type SessionStatus = 'processing' | 'waiting-for-input' | 'paused' | 'completed';

/** Why a session waits. */
export type WaitingReason = 'approval' | 'question' | 'turn-ended' | 'turn-failed' | 'command-ended' | 'bell';

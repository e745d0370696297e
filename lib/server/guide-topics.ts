import type { GuideTopic } from '../conversation/guide-help.ts';
import { AGENT_TOPICS } from './guide-agent-topics.ts';
import { CHAT_TOPICS } from './guide-chat-topics.ts';
import { ENDPOINT_TOPICS } from './guide-endpoint-topics.ts';
import { OVERLAY_TOPICS } from './guide-overlay-topics.ts';
import { SCREEN_TOPICS } from './guide-screen-topics.ts';
import { SESSION_TOPICS } from './guide-session-topics.ts';
import { SETUP_TOPICS } from './guide-setup-topics.ts';

/** All that the guide can tell at length. */
export const GUIDE_TOPICS: readonly GuideTopic[] = [
  ...SESSION_TOPICS,
  ...SCREEN_TOPICS,
  ...SETUP_TOPICS,
  ...AGENT_TOPICS,
  ...OVERLAY_TOPICS,
  ...CHAT_TOPICS,
  ...ENDPOINT_TOPICS,
];

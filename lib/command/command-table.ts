import { agentCommands } from './agent-commands.ts';
import { approvalCommands } from './approval-commands.ts';
import { archiveCommands } from './archive-commands.ts';
import { attentionCommands } from './attention-commands.ts';
import { browseCommands } from './browse-commands.ts';
import { bufferCommands } from './buffer-commands.ts';
import { chatCommands } from './chat-commands.ts';
import { clientCommands } from './client-commands.ts';
import type { Command } from './command.ts';
import { contentCommands } from './content-commands.ts';
import { doctorCommands } from './doctor-commands.ts';
import { draftCommands } from './draft-commands.ts';
import { environmentCommands } from './environment-commands.ts';
import { eventCommands } from './event-commands.ts';
import { hookCommands } from './hook-commands.ts';
import { inputCommands } from './input-commands.ts';
import { keyCommands } from './key-commands.ts';
import { layoutCommands } from './layout-commands.ts';
import { listCommands } from './list-commands.ts';
import { messageCommands } from './message-commands.ts';
import { newSessionCommands } from './new-session-commands.ts';
import { noticeCommands } from './notice-commands.ts';
import { optionCommands } from './option-commands.ts';
import { overviewCommands } from './overview-commands.ts';
import { paneCommands } from './pane-commands.ts';
import { promptCommands } from './prompt-commands.ts';
import { type CommandLookup, createLookup } from './resolve.ts';
import { searchCommands } from './search-commands.ts';
import { sendCommands } from './send-commands.ts';
import { serverCommands } from './server-commands.ts';
import { sessionCommands } from './session-commands.ts';
import { shellCommands } from './shell-commands.ts';
import { showCommands } from './show-commands.ts';
import { sidebarCommands } from './sidebar-commands.ts';
import { sourceCommands } from './source-commands.ts';
import { splitCommands } from './split-commands.ts';
import { statsCommands } from './stats-commands.ts';
import { transferCommands } from './transfer-commands.ts';

/** For commands that look up commands themselves. */
const find: CommandLookup = (word) => findCommand(word);
const all = (): readonly Command[] => COMMANDS;

/** Every command. The only place that knows them all. */
export const COMMANDS: readonly Command[] = [
  ...newSessionCommands,
  ...sessionCommands,
  ...splitCommands,
  ...paneCommands,
  ...layoutCommands,
  ...showCommands,
  ...chatCommands,
  ...approvalCommands,
  ...attentionCommands,
  ...agentCommands,
  ...noticeCommands,
  ...draftCommands,
  ...clientCommands,
  ...listCommands,
  ...browseCommands,
  ...overviewCommands,
  ...eventCommands,
  ...sidebarCommands,
  ...searchCommands,
  ...archiveCommands,
  ...transferCommands,
  ...keyCommands(find),
  ...inputCommands,
  ...sendCommands,
  ...contentCommands,
  ...bufferCommands,
  ...promptCommands,
  ...messageCommands,
  ...optionCommands,
  ...environmentCommands,
  ...hookCommands(all, find),
  ...shellCommands,
  ...sourceCommands(find),
  ...serverCommands(all, find),
  ...doctorCommands,
  ...statsCommands,
];

/** The command of a name, an alias, or the beginning of one name alone. Throws UserError with the nearest. */
export const findCommand: CommandLookup = createLookup(COMMANDS);

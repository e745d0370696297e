import { existsSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { systemClock } from '../base/clock.ts';
import { logFile, logLevel, openLog } from '../base/log.ts';
import { release } from '../base/release.ts';
import { errorText } from '../base/user-error.ts';
import { Options } from '../config/options.ts';
import { createKeyTables } from '../input/key-tables.ts';
import { databaseFile } from '../store/database-folder.ts';
import { Store } from '../store/store.ts';
import { AgentFiles } from './agent-files.ts';
import { AgentLink } from './agent-link.ts';
import type { ChatCode } from './chat-code.ts';
import { ChatEnvironment } from './chat-environment.ts';
import { ChatParts } from './chat-parts.ts';
import { bringBack } from './comeback.ts';
import { CommandCall } from './command-call.ts';
import { Configuration } from './configuration.ts';
import { ConversationCleanup } from './conversation-cleanup.ts';
import { Coordinator } from './coordinator.ts';
import { becomeDaemon, type StartReport } from './daemon.ts';
import { prefersVi } from './editor-keys.ts';
import { lineProblem } from './line-runner.ts';
import { AlreadyRunningError, listen } from './listener.ts';
import { restoreChats } from './restore-chats.ts';
import { conversationsFolder } from './state-folder.ts';

/** How long the clients may take to read the last word, in milliseconds. */
const FAREWELL = 1000;

/** How long after the start the code of chats is loaded that nobody asked for yet, in milliseconds: the next key may. */
const PRELOAD = 1000;

/** How long the first commands wait at most for what was kept, in milliseconds. */
const COME_BACK = 2000;

/** How long after the start the database is opened, in milliseconds: the first frame does not wait for it. */
const OPEN_STORE = 150;

/** Builds everything once: `node main.js SOCKET [CONFIGURATION-FILE]`. */
async function main(socketPath: string, configFile: string | undefined, report: StartReport): Promise<void> {
  const untold: string[] = [];
  let tell = (text: string): void => void untold.push(text);
  const log = openLog({ file: logFile(process.env), level: logLevel(process.env), onProblem: (text) => tell(text) });
  process.on('uncaughtException', (error) => log.error('a bug', error));
  process.on('unhandledRejection', (error) => log.error('a bug', error));

  const options = new Options();
  if (prefersVi(process.env)) options.set('mode-keys', 'vi');
  const keyTables = createKeyTables();
  const keyNames = () => configuration.providers.flatMap(({ apiKeyEnv }) => apiKeyEnv ?? []);
  const environment = new ChatEnvironment(process.env, keyNames);
  const loadChats = async (): Promise<ChatCode> => {
    void store.open();
    const { createChatCode } = await import('./chat-code.ts');
    return createChatCode({
      options,
      keyTables,
      providers: () => configuration.providers,
      environment: () => environment.variables,
      onError: (error) => log.error('a turn', error),
    });
  };
  let broughtBack: Promise<void> | undefined;
  const store = new Store({
    file: databaseFile(process.env),
    clock: systemClock,
    isWanted: () => options.boolean('persist-sessions'),
    owner: `the qmux server at ${socketPath}`,
    tell: (text) => coordinator.tell([text]),
    onError: (error) => log.error('keeping conversations', error),
    onOpen: (open) => {
      coordinator.storeOpened();
      broughtBack = bringBack(open, {
        coordinator,
        chats: (from) =>
          restoreChats(from, {
            load: () => chats.load(),
            make: (kept) => coordinator.kept.chat(kept),
            tell: (text) => coordinator.tell([text]),
            isThere: (folder) => store.recorder.keeps(folder),
            onError: (error) => log.error('bringing back a chat', error),
          }),
        onError: (where, error) => log.error(where, error),
      });
      void broughtBack.then(() => cleanup.run()).catch((error) => log.error('cleaning up', error));
    },
  });
  const cleanup = new ConversationCleanup({
    options,
    store,
    folder: conversationsFolder(process.env),
    clock: systemClock,
    log: (text) => log.info(text),
    onError: (error) => log.error('forgetting conversations', error),
  });
  const chats = new ChatParts({
    load: loadChats,
    prompts: () => configuration.prompts,
    folder: conversationsFolder(process.env),
    store,
    keyNames,
  });
  const coordinator = new Coordinator({
    options,
    keyTables,
    log,
    facts: { pid: process.pid, socketPath, version: release(), startedAt: Date.now() },
    agentLink: new AgentLink(path.dirname(socketPath), path.basename(socketPath)),
    chats,
    noteEnvironment: (variables) => environment.note(variables),
    agents: () => agentFiles.agents,
    explainConfiguration: () => [...configuration.explain(), ...agentFiles.explain()],
    reload: () => [...configuration.load(), ...agentFiles.load()],
    onStopping: () => listener.close(),
    onStop: () => void end(),
  });
  const agentFiles = new AgentFiles(process.env, () => coordinator.attention.agentsChanged());
  const configuration = new Configuration({
    options,
    keyTables,
    file: configFile,
    environment: process.env,
    checkCommand: (command) => lineProblem(command, options),
    runCommand: (command, place) => void coordinator.lines.runServerLine(command, place),
    tell: (problems) => coordinator.tell(problems),
  });
  const end = async (): Promise<never> => {
    await Promise.race([listener.deserted, delay(FAREWELL)]);
    coordinator.agentLink.dispose();
    coordinator.herdr.dispose();
    listener.dispose();
    cleanup.dispose();
    agentFiles.dispose();
    await store.close().catch((error: unknown) => log.error('closing the database', error));
    log.info('the server ends');
    process.exit(0);
  };
  const listener = await listen(socketPath, (connection) => void new CommandCall(connection, coordinator).run(), log);
  // The client connects meanwhile.
  report.ready();
  coordinator.herdr.open();
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.on(signal, () => coordinator.end.stop(undefined, 'signal'));
  coordinator.tell([...configuration.load(), ...untold]);
  tell = (text) => coordinator.addMessage(text);
  configuration.watch((problems) => coordinator.tell(problems, 'configuration read'));
  agentFiles.watch((problems) => coordinator.tell(problems, 'rules of agents read'));
  log.info(`qmux ${release()} listens on ${socketPath}`);
  if (options.boolean('persist-sessions') && existsSync(databaseFile(process.env))) {
    const opened = store.open().then(() => broughtBack);
    coordinator.comingBack = Promise.race([opened, delay(COME_BACK)]).then(() => {
      coordinator.comingBack = undefined;
    });
  }
  setTimeout(() => {
    void store.open();
    coordinator.tell(agentFiles.problems);
  }, OPEN_STORE).unref();
  options.changed((names) => {
    if (names.includes('persist-sessions')) store.update();
  });
  setTimeout(() => {
    if (options.string('default-kind') === 'chat') chats.load().catch((error) => log.error('loading chats', error));
  }, PRELOAD).unref();
}

const [socketPath, configFile] = process.argv.slice(2);
if (socketPath === undefined) throw new Error('usage: main.js SOCKET [CONFIGURATION-FILE]');
const report = becomeDaemon(socketPath);
main(path.resolve(socketPath), configFile, report).catch((error: unknown) => {
  if (error instanceof AlreadyRunningError) process.exit(0);
  report.failed(errorText(error));
  process.exit(1);
});

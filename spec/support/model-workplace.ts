import type { ScriptedCall } from './model-answer.ts';
import { ModelServer } from './model-server.ts';
import type { TerminalClient } from './terminal-client.ts';
import { Workplace } from './workplace.ts';

/** A workplace whose chats reach a model server of its own on the loopback. */
export class ModelWorkplace {
  static async open(settings = ''): Promise<ModelWorkplace> {
    return new ModelWorkplace(await ModelServer.open(), settings);
  }

  readonly workplace = new Workplace({ kind: 'chat' });
  readonly server: ModelServer;

  private constructor(server: ModelServer, settings: string) {
    this.server = server;
    this.workplace.writeConfig(
      `[api]\ndiscover = []\n${settings}\n[providers.spec]\nbase_url = "${server.url}"\nmodels = ["big", "small"]\n`,
    );
  }

  /** A client that shows a new chat, ready to type. */
  async chat(args: readonly string[] = ['new-session', '--chat', '-s', 'main']): Promise<TerminalClient> {
    const client = this.workplace.attach(args);
    await client.shows(/\] q> /);
    return client;
  }

  /** The next reply calls tools. */
  calls(...calls: readonly ScriptedCall[]): void {
    this.server.reply({ calls });
  }

  async dispose(): Promise<void> {
    await this.workplace.dispose();
    await this.server.close();
  }
}

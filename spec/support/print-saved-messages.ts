import { KeptConversation, openStore, sessionFacts } from './store-place.ts';

/* Writes conversations into the database of argv[2] for ever, and prints each message once it is on disk: to be killed. */
const { store } = await openStore(process.argv[2] ?? '');
const name = process.argv[3] ?? '';
const chats = await Promise.all(
  [1, 2, 3].map((number) => KeptConversation.create(store, sessionFacts(`${name}-${number}`))),
);
const time = 5;
for (let round = 1; ; round++) {
  for (const chat of chats) {
    const text = `message-${name}-${chat.id}-${round}`;
    await chat.said(text);
    await store.database.sync();
    process.stdout.write(`${text}\n`);
    for (const piece of ['some ', 'of a ', 'reply'])
      await chat.tell({ type: 'turn', event: { type: 'delta', text: `${piece}${'x'.repeat(round % 500)}` }, time });
    await chat.tell(
      { type: 'turn', event: { type: 'call', id: 'a', name: 'shell', arguments: '{}' }, time },
      { type: 'turn', event: { type: 'done', finish: 'tool-calls' }, time },
      { type: 'call', id: 'a', change: { state: { kind: 'running', since: time, output: '' } }, time },
      { type: 'call', id: 'a', change: { state: { kind: 'done', result: 'fine' } }, time },
      { type: 'settled', reason: 'over', time },
    );
  }
}

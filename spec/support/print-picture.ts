import { renderTree } from '../../lib/screen/toolkit.ts';

// Run as a program of its own, with neo-blessed or with blessed in its place: prints what is drawn where.

const { hole, drawn, rects } = renderTree({ columns: 30, rows: 10 }, (tree) => {
  tree.hole(tree.root, { left: 0, top: 0, width: '100%', height: '100%' }, 1);
  const frame = tree.frame(tree.root, { left: 'center', top: 2, width: '50%', height: 6 }, 8);
  tree.hole(frame, { left: 0, right: 0, top: 0, height: 2 }, 2);
  tree.hole(frame, { left: 3, right: 0, top: 1, bottom: 0 }, 3);
  tree.hole(tree.root, { left: 20, top: 9, width: 40, height: 5 }, 4);
});
for (let y = 0; y < 10; y++) {
  let row = '';
  for (let x = 0; x < 30; x++) row += hole(x, y) || drawn(x, y).character;
  console.log(row);
}
console.log(JSON.stringify([...rects]), JSON.stringify(drawn(8, 2)));
console.log(['uncaughtException', 'SIGTERM', 'SIGINT', 'SIGQUIT'].map((name) => process.listenerCount(name)).join(' '));

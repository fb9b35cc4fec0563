import { startLogHarness } from './log-harness.ts';
import { ListWriter } from './list-writer.ts';
const h = await startLogHarness(null);
const u = await h.createUser();
const list = await h.createList(u);
const w = new ListWriter();
w.create('x');
for (let i = 0; i < 250; i++) w.add('item ' + i, 'n'.repeat(400));
const whole = w.document.encode();
console.log(whole.length);
for (const n of [10, 100, 300]) {
  const t = performance.now();
  const o = await h.log.append(
    Array.from({ length: n }, () => ({ userId: u, list, epoch: 0, update: whole, isWhole: true })),
  );
  console.log(
    n,
    o.filter((x) => x.ok).length,
    JSON.stringify(o[0]),
    performance.now() - t,
    process.memoryUsage().rss / 1e6,
  );
}
await h.dispose();

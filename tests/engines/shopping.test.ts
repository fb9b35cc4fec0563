import { describe, inject, it } from 'vitest';
import { startFirefoxBrowser } from '../src/engines/firefox-browser.ts';
import { Shopper } from '../src/engines/shopper.ts';
import { startWebKitBrowser } from '../src/engines/webkit-browser.ts';
import { startTrolley } from '../src/start-trolley.ts';
import { createTemporaryFolder } from '../src/temporary-folder.ts';

const engines = [
  { name: 'WebKit', start: startWebKitBrowser },
  { name: 'Firefox', start: startFirefoxBrowser },
] as const;
const problems = inject('engineProblems');

describe('W2 the shopping journey in other engines', () => {
  it.for(engines)(
    'W2 W60 $name: write a list, lose the network, start cold, shop, come home',
    async ({ name, start }, { skip }) => {
      const problem = problems[name];
      // Said aloud in the runner's list: not every machine has or can install every browser.
      if (problem !== null) skip(problem);
      using folder = createTemporaryFolder();
      const server = await startTrolley({ dataDir: folder.path });
      const { port, url } = server;
      await using browser = await start();
      const anna = new Shopper(browser);
      await anna.open(url);
      await anna.press('New list');
      for (const line of ['2 l milk', 'bread', 'soap']) await anna.add(line);
      await anna.seesState('Saved');
      await anna.hasInstalled();

      await server.kill('SIGKILL');
      await anna.seesState('Offline');
      await anna.add('eggs');
      await anna.hasStored();
      // Cold: from the phone's own storage, on a page that was never open.
      await anna.open(url);
      await anna.openList();
      await anna.press('Shop');
      await anna.seesScreen('Shopping');
      for (const got of ['milk', 'eggs']) await anna.tick(got);
      await anna.press('Finish shopping');
      await anna.seesScreen('Groceries');
      await anna.sees('soap');
      await anna.seesNo('milk');
      await anna.seesState('Offline');

      const again = await startTrolley({ dataDir: folder.path, port });
      await anna.seesState('Saved');
      await anna.open(url);
      await anna.openList();
      for (const left of ['bread', 'soap']) await anna.sees(left);
      for (const got of ['milk', 'eggs']) await anna.seesNo(got);
      await again.stop();
    },
  );
});

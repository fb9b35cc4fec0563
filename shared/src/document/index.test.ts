import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as entry from './index.ts';

const repository = join(import.meta.dirname, '../../..');
const yjsImport = /from '(yjs|y-protocols|lib0)(\/[^']*)?'|import\(\s*'(yjs|y-protocols|lib0)/;

/** Every source file of the workspaces, by its path from the top. */
function sourceFiles(): string[] {
  return ['shared', 'realtime', 'api', 'web', 'standalone']
    .flatMap((workspace) => readdirSync(join(repository, workspace, 'src'), { recursive: true, withFileTypes: true }))
    .filter((file) => file.isFile() && /\.(ts|svelte)$/.test(file.name))
    .map((file) => relative(repository, join(file.parentPath, file.name)).replaceAll(sep, '/'));
}

describe('the document module', () => {
  it('D7 is the only place where Yjs is imported', () => {
    const importers = sourceFiles().filter((path) => yjsImport.test(readFileSync(join(repository, path), 'utf8')));
    const home = 'shared/src/document/';
    expect(importers).toContain(`${home}replica.ts`);
    expect(importers.filter((path) => !path.startsWith(home))).toEqual([]);
  });

  it('D7 offers these names to the other workspaces, and none of Yjs', () => {
    expect(Object.keys(entry).sort()).toEqual(
      [
        ...['ListDocument', 'Presence', 'UndoStack'],
        ...['createList', 'renameList', 'addItem', 'tickItem', 'untickItem', 'moveItem', 'removeItem', 'clearTicked'],
        ...['setAmount', 'setNote', 'setCategory', 'renameItem', 'restoreItems', 'forgetProduct', 'undoChange'],
        ...['categoryIds', 'isCategoryId', 'isItemId', 'toMinute', 'fromMinute', 'suggest', 'prepareSuggest'],
        ...['parseLine', 'parseAmount', 'formatAmount', 'formatAmountIn', 'unitIds', 'addAmounts', 'raiseAmount'],
        ...['inspectUpdate', 'inspectPresence', 'guardReasons', 'mergeUpdates'],
        ...['addItems', 'removeItems', 'copyProducts', 'setStaple', 'addStaples', 'missingStaples', 'usualItems'],
        ...['setListLook', 'listColors', 'plainLook', 'firstEmoji', 'orderKeyBetween', 'freshOrderKeys'],
        ...['bringBackItems', 'lastGot', 'readSteps'],
        ...['shouldRollOver', 'seedEpoch', 'carryOver', 'keepValues'],
      ].sort(),
    );
  });
});

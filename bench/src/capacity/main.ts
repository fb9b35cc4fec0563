import { parseArgs } from 'node:util';
import { files } from '../page/files.ts';
import { writePage } from '../page/write-page.ts';
import { readResults } from '../sync/results-file.ts';
import { assumptions, type Assumptions } from './assumptions.ts';
import { capacityReport } from './report.ts';

// `npm run bench -- capacity`: writes the tables of docs/scaling.md. With other assumptions, such as `--edits-a-day=50`, it only prints them.

const { values } = parseArgs({
  options: {
    'edits-a-day': { type: 'string' },
    'opens-a-day': { type: 'string' },
    'connected-minutes-a-day': { type: 'string' },
    'peak-factor': { type: 'string' },
    'history-days': { type: 'string' },
  },
});

const number = (text: string | undefined, usual: number) => (text === undefined ? usual : Number(text));
const assumed: Assumptions = {
  ...assumptions,
  editsADay: number(values['edits-a-day'], assumptions.editsADay),
  opensADay: number(values['opens-a-day'], assumptions.opensADay),
  connectedMinutesADay: number(values['connected-minutes-a-day'], assumptions.connectedMinutesADay),
  peakFactor: number(values['peak-factor'], assumptions.peakFactor),
  historyDays: number(values['history-days'], assumptions.historyDays),
};
const report = capacityReport(readResults(), assumed);
console.log(report);
if (Object.keys(values).length === 0) await writePage(files.scaling, report);

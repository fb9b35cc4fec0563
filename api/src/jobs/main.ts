import { runCommand } from '@trolley/shared/process';
import { pino } from 'pino';
import { readStoreLocation } from '../config.ts';
import { runJobsCommand } from './jobs-command.ts';

await runCommand(async () => {
  const logger = pino({ level: 'warn' }, pino.destination({ fd: 2, sync: true }));
  await runJobsCommand(process.argv.slice(2), readStoreLocation(), logger, (line) => {
    console.log(line);
  });
});

import { randomBytes } from 'node:crypto';
import { runCommand } from '@trolley/shared/process';
import { pino } from 'pino';
import { readStoreLocation } from '../config.ts';
import { runBackupCommand, runRestoreCommand } from './backup-command.ts';

const [command, ...words] = process.argv.slice(2);
const run = command === 'restore' ? runRestoreCommand : runBackupCommand;

await runCommand(() =>
  run(words, {
    location: readStoreLocation(),
    now: new Date(),
    randomBytes: (byteLength) => new Uint8Array(randomBytes(byteLength)),
    logger: pino({ level: 'warn' }, pino.destination({ fd: 2, sync: true })),
    write: (line) => {
      console.log(line);
    },
  }),
);

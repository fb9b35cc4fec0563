import { ConfigError } from '@trolley/shared/process';

/** The store can't be opened for a reason that whoever runs us can put right. Its message is one line, for them. */
export class StoreUnusableError extends ConfigError {}

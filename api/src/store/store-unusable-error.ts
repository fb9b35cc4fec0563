/** The store can't be opened for a reason that whoever runs us can put right. Its message is one line, for them. */
export class StoreUnusableError extends Error {
  override readonly name = 'StoreUnusableError';
}

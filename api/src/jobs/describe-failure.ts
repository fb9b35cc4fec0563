/** What is kept with a job of why it failed. */
export function describeFailure(error: unknown): object {
  return error instanceof Error ? { name: error.name, message: error.message } : { message: String(error) };
}

/**
 * Runs something without stack traces in its errors. The SDK takes one for every promise, to explain promises that never end, and spends
 * a third of a preview on them. Setting PULUMI_DEBUG_PROMISE_LEAKS, as the SDK's own advice goes, brings them back.
 */
export async function withoutTraces<T>(run: () => Promise<T>): Promise<T> {
  const { stackTraceLimit } = Error;
  if (stackTraceLimit === 0 || process.env.PULUMI_DEBUG_PROMISE_LEAKS) return run();
  Error.stackTraceLimit = 0;
  try {
    return await run();
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

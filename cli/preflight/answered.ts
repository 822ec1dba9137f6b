/** What Azure answered to a question, or why it did not. A question without an answer is never taken for a yes. */
export type Answered<T> = { readonly value: T } | { readonly silent: string };

/** How long one question may take: Azure's lists of sizes have megabytes. */
const patienceMs = 60_000;

/** Asks something, whatever becomes of it. `ask` is given a signal that ends it when Azure takes too long. */
export async function answered<T>(ask: (signal: AbortSignal) => Promise<T>): Promise<Answered<T>> {
  const signal = AbortSignal.timeout(patienceMs);
  try {
    return { value: await ask(signal) };
  } catch (error) {
    if (signal.aborted) return { silent: `Azure did not answer within ${patienceMs / 1000} seconds.` };
    return { silent: reasonOf(error) };
  }
}

/** What the SDK throws, in one sentence. */
function reasonOf(error: unknown): string {
  const { statusCode, code, message } = (error ?? {}) as {
    readonly statusCode?: number;
    readonly code?: string;
    readonly message?: string;
  };
  const said = [code, message?.split("\n")[0]].filter(Boolean).join(": ");
  return statusCode === undefined ? `Azure did not answer: ${said}` : `Azure answered ${statusCode} ${said}`;
}

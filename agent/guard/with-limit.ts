/**
 * Waits for something that may never come.
 *
 * @throws when it has not come within the limit; what it does afterwards nobody hears.
 */
export async function withLimit<T>(milliseconds: number, run: () => Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`no answer within ${milliseconds} ms`));
    }, milliseconds);
  });
  const done = run();
  // It may fail too, later, such as when its socket is destroyed; nobody waits for it then.
  done.catch(() => undefined);
  try {
    return await Promise.race([done, late]);
  } finally {
    clearTimeout(timer);
  }
}

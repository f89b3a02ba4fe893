/** Waits. */
export const pause = async (milliseconds: number): Promise<void> => {
  await new Promise((resolve) => setTimeout(resolve, milliseconds));
};

/** Waits until something holds; an error of it is kept for the message. */
export async function eventually(what: string, holds: () => boolean | Promise<boolean>, seconds = 30): Promise<void> {
  const end = Date.now() + seconds * 1000;
  let why = "";
  for (;;) {
    try {
      if (await holds()) return;
    } catch (error) {
      why = `: ${String(error)}`;
    }
    if (Date.now() > end) throw new Error(`not within ${seconds} s: ${what}${why}`);
    await pause(50);
  }
}

/** Waits for something that may never come: a hang is to be a failure that says what hung. */
export async function within<T>(seconds: number, what: string, awaited: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`not within ${seconds} s: ${what}`));
    }, seconds * 1000);
  });
  try {
    return await Promise.race([awaited, late]);
  } finally {
    clearTimeout(timer);
  }
}

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

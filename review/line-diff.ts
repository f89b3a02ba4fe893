import { structuredPatch } from "diff";

/** Lines around a change that are shown with it. */
const context = 2;

/**
 * The lines in which two texts differ, as a unified diff has them: `+`, `-` or a space, and `@@ … @@` before each place
 * but the first. None if they are the same.
 */
export function lineDiff(before: string, after: string): readonly string[] {
  const { hunks } = structuredPatch("", "", ended(before), ended(after), "", "", { context });
  return hunks.flatMap(({ oldStart, newStart, lines }, index) =>
    index === 0 ? lines : [`@@ line ${oldStart} → ${newStart} @@`, ...lines],
  );
}

/** Without it the diff would say that the end of a line is missing. */
const ended = (text: string): string => (text === "" || text.endsWith("\n") ? text : `${text}\n`);

// Adds up what the suites counted: node scripts/count-tests.mjs <folder of results> [steps that failed …]
// What was skipped is listed by name, with its reason in it: nothing is skipped in silence. A step that failed without a failed test (a tool is missing, a type is wrong) counts as one failed.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

const [folder, ...failedSteps] = process.argv.slice(2);
const counts = { passed: 0, failed: 0, skipped: 0 };

for (const name of readdirSync(folder)) {
  const text = readFileSync(join(folder, name), "utf8");
  if (name.endsWith(".log")) {
    const line = /^Tests: +(.*)$/m.exec(text)?.[1] ?? "";
    const count = (word) => Number(new RegExp(`(\\d+) ${word}`).exec(line)?.[1] ?? 0);
    counts.passed += count("passed");
    counts.failed += count("failed");
    counts.skipped += count("skipped") + count("todo");
  } else {
    const result = JSON.parse(text);
    counts.passed += result.numPassedTests;
    counts.failed += result.numFailedTests;
    counts.skipped += result.numPendingTests + result.numTodoTests;
    const tests = result.testResults.flatMap((file) => file.assertionResults);
    for (const test of tests) if (test.status === "pending") console.log(`skipped: ${test.fullName}`);
  }
}
for (const step of failedSteps) console.log(`failed: ${step}`);
if (failedSteps.length > counts.failed) counts.failed = failedSteps.length;
console.log(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
process.exit(counts.failed > 0 || counts.passed === 0 ? 1 : 0);

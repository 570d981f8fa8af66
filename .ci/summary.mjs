// Prints the one line that closes a run, from the test runner's own report. A missing report is a failed run.
import { readFileSync } from "node:fs";

const { numPassedTests, numFailedTests, numFailedTestSuites, numPendingTests } = JSON.parse(
  readFileSync(process.argv[2] ?? "", "utf8"),
);
const failed = numFailedTests + (numFailedTests === 0 ? numFailedTestSuites : 0);
if (numPendingTests > 0) console.log(`${numPendingTests} tests were skipped: that counts as a failure.`);
console.log(`${numPassedTests} passed, ${failed + numPendingTests} failed`);
process.exit(failed + numPendingTests === 0 && numPassedTests > 0 ? 0 : 1);

import { defineConfig } from "vitest/config";
import { compileMailTemplate } from "./lambdas/mail-templates.ts";

const seconds = 1_000;
const report = process.env.VITEST_REPORT;

/** Mail templates as the bundle has them. */
const mailTemplates = {
  name: "mail-templates",
  load: async (id: string) =>
    id.endsWith(".mjml") ? `export default ${JSON.stringify(await compileMailTemplate(id))}` : undefined,
};

/**
 * `unit` needs nothing but Node. `local` boots the local cloud or parts of it, and `e2e` drives a real browser
 * against it: those share ports and processors, so their files run one after the other.
 */
export default defineConfig({
  test: {
    // `.ci/run` closes with a line made from this report.
    reporters: report ? ["default", ["json", { outputFile: report }]] : ["default"],
    projects: [
      {
        plugins: [mailTemplates],
        test: {
          name: "unit",
          include: ["test/{domain,contracts,store,adapters,runtime,lambdas,lib,frontend,docs}/**/*.test.{ts,tsx}"],
          testTimeout: 60 * seconds,
          hookTimeout: 120 * seconds,
        },
      },
      {
        test: {
          name: "local",
          include: ["test/local/**/*.test.ts"],
          testTimeout: 60 * seconds,
          hookTimeout: 120 * seconds,
          fileParallelism: false,
        },
      },
      {
        test: {
          name: "e2e",
          include: ["test/e2e/**/*.test.ts"],
          globalSetup: "test/e2e/global-setup.ts",
          testTimeout: 120 * seconds,
          hookTimeout: 180 * seconds,
          fileParallelism: false,
        },
      },
    ],
  },
});

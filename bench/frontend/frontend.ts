import { startDemo } from "../../local/demo/demo.ts";
import { launchBrowser } from "../../test/e2e/browser.ts";
import { assembly, TestDemo } from "../../test/e2e/demo.ts";
import { measureFirstRows } from "./first-rows.ts";
import { measureLongChat } from "./long-chat.ts";
import { measureScrolling } from "./scrolling.ts";
import { measureWidget } from "./widget-weight.ts";

/**
 * What do the faces cost the browser of a visitor and of an agent? Real pages of the running product in a headless
 * Chromium without a graphics card.
 *
 *   npm run build && npm run bench:frontend
 */
const demo = new TestDemo(await startDemo({ assembly }));
const browser = await launchBrowser();
try {
  await measureWidget(demo, browser);
  await measureFirstRows(demo, browser);
  await measureScrolling(demo, browser);
  await measureLongChat(demo, browser);
} finally {
  await browser.close();
  await demo.demo.close();
}

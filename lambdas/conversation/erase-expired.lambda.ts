import { stores, systemClock } from "../runtime/wiring.ts";
import { eraseExpired } from "./erase-expired.ts";
import { erasingServices } from "./live-erasing.ts";

/** Leaves the last erasure its time before the function's 15 minutes end. */
const longestRunMs = 13 * 60 * 1000;

/** Every night. */
export const handler = async (): Promise<void> => {
  const { conversations, chatbots } = stores();
  await eraseExpired({ ...erasingServices(), conversations, chatbots }, systemClock() + longestRunMs);
};

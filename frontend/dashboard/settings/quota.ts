import type { SettingsView } from "../../../lambdas/contracts/settings.ts";

export interface Quota {
  readonly used: number;
  readonly limit: number;
  /** 0 to 1, for the bar. */
  readonly share: number;
  /** `low` from 90 % on, so that an owner hears of it before mails stop. */
  readonly state: "fine" | "low" | "exhausted";
}

/** How much of the month's notification mails is used. */
export function quotaOf({ mailsUsed, entitlements }: Pick<SettingsView, "mailsUsed" | "entitlements">): Quota {
  const limit = entitlements.mailsPerMonth;
  const share = limit === 0 ? 1 : Math.min(1, mailsUsed / limit);
  return { used: mailsUsed, limit, share, state: share >= 1 ? "exhausted" : share >= 0.9 ? "low" : "fine" };
}

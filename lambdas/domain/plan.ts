/** Plans and what they include (product.md A1). The numbers of the business stand here and nowhere else. */
export const plans = ["entry", "standard", "professional"] as const;
export type PlanName = (typeof plans)[number];

/** What a chatbot has bought. */
export interface Plan {
  readonly name: PlanName;
  /** The Live Chat add-on; matters for Entry only. */
  readonly liveChatAddOn: boolean;
}

export interface Entitlements {
  readonly liveChat: boolean;
  /** Notification mails per calendar month (UTC). Zendesk tickets are not limited. */
  readonly mailsPerMonth: number;
}

const mailsPerMonth: Readonly<Record<PlanName, number>> = { entry: 100, standard: 1_000, professional: 10_000 };

export function entitlementsOf(plan: Plan): Entitlements {
  const liveChat = plan.name !== "entry" || plan.liveChatAddOn;
  return { liveChat, mailsPerMonth: liveChat ? mailsPerMonth[plan.name] : 0 };
}

/** The month that a quota counts in, `2026-11`, in UTC. */
export function quotaMonth(at: number): string {
  return new Date(at).toISOString().slice(0, 7);
}

/** Words of the ledger for what SES reports of a mail that did not arrive. */
export const hardBounce = "hard_bounce";
export const softBounce = "soft_bounce";
export const markedAsSpam = "complaint";
export const refusedBySes = "rejected";

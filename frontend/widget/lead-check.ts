import type { Lead } from "../../lambdas/contracts/http.ts";

/** What is wrong with a lead, by field; the API checks again. Empty fields are left out of what is sent. */
export type LeadProblem = {
  readonly field: "email" | "phone";
  readonly text: "emailInvalid" | "emailMissing" | "phoneInvalid";
};

const email = /^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/;
/** As in the contract of `saveLead`. */
const phone = /^[+()\d][\d ()./-]{4,29}$/;

export function checkLead(typed: { readonly name: string; readonly email: string; readonly phone: string }): {
  readonly lead: Lead;
  readonly problems: readonly LeadProblem[];
} {
  const lead: Lead = {};
  const problems: LeadProblem[] = [];
  const [name, mail, number] = [typed.name.trim(), typed.email.trim(), typed.phone.trim()];
  if (name !== "") lead.name = name.slice(0, 100);
  if (mail !== "") lead.email = mail;
  if (number !== "") lead.phone = number;
  if (mail !== "" && (!email.test(mail) || mail.length > 254)) problems.push({ field: "email", text: "emailInvalid" });
  if (number !== "" && !phone.test(number)) problems.push({ field: "phone", text: "phoneInvalid" });
  if (mail === "" && number === "") problems.push({ field: "email", text: "emailMissing" });
  return { lead, problems };
}

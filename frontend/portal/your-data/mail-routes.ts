import type { Api, Routes } from "../../shared/api.ts";

/** Whether new answers are mailed: asked and said with a token that names the conversation and the address. */
export const mailRoutes = {
  readMailWish: "GET /api/mail-preferences",
  writeMailWish: "PUT /api/mail-preferences",
} as const satisfies Partial<Routes>;

export type MailApi = Api<keyof typeof mailRoutes>;

/** A mail template, compiled to HTML when the functions are bundled (`lambdas/mail-templates.ts`). */
declare module "*.mjml" {
  const html: string;
  export default html;
}

import type { ComponentChildren, VNode } from "preact";
import { renderToStaticMarkup } from "preact-render-to-string";
import type { Brand } from "../../contracts/settings.ts";
import { textOn } from "./brand-color.ts";

/** What every mail says about who sends it. */
export type MailBrand = Pick<Brand, "name" | "color" | "logoUrl">;

export const font =
  "-apple-system, BlinkMacSystemFont, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, 'Noto Sans', sans-serif";

/**
 * Mail programs read inline styles; only dark mode needs a sheet. No quotes and no angle brackets in it: it is rendered
 * as escaped text like everything else.
 */
const darkMode = `
:root { color-scheme: light dark; supported-color-schemes: light dark; }
@media (max-width: 620px) {
  .card { border-radius: 0 !important; border-width: 0 !important; }
  .page { padding: 0 !important; }
  .inner { padding-left: 20px !important; padding-right: 20px !important; }
}
@media (prefers-color-scheme: dark) {
  .page { background-color: #0e1016 !important; }
  .card { background-color: #181b23 !important; border-color: #2a2f3b !important; }
  .strong { color: #f2f4f8 !important; }
  .soft { color: #a3acbd !important; }
  .rule { border-color: #2a2f3b !important; }
  .chip { background-color: #242935 !important; color: #dfe4ee !important; }
  .said-customer { background-color: #262c3a !important; color: #f2f4f8 !important; }
  .said-team { background-color: #1d3227 !important; color: #eef7f1 !important; }
  .said-bot { background-color: #1f222b !important; border-color: #2f3543 !important; color: #d5dae5 !important; }
  .link { color: #9dbdff !important; }
}`;

interface LayoutProps {
  readonly brand: MailBrand;
  /** Shown by mail programs beside the subject, not in the mail. */
  readonly preheader: string;
  readonly title: string;
  readonly children: ComponentChildren;
  readonly footer: string;
}

/** The one look of all mails. */
export function MailLayout({ brand, preheader, title, children, footer }: LayoutProps): VNode {
  return (
    <html lang="en" dir="ltr">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        <meta name="format-detection" content="telephone=no, date=no, address=no, email=no" />
        <title>{title}</title>
        <style>{darkMode}</style>
      </head>
      <body style={{ margin: 0, padding: 0, fontFamily: font }}>
        <div style={{ display: "none", maxHeight: 0, overflow: "hidden", opacity: 0 }}>{preheader}</div>
        <table role="presentation" {...tableProps} width="100%">
          <tbody>
            <tr>
              <td class="page" align="center" style={{ backgroundColor: "#eef0f4", padding: "32px 12px" }}>
                <table
                  role="presentation"
                  {...tableProps}
                  width="100%"
                  class="card"
                  style={{
                    maxWidth: "600px",
                    tableLayout: "fixed",
                    backgroundColor: "#ffffff",
                    border: "1px solid #e0e4ec",
                    borderRadius: "14px",
                    overflow: "hidden",
                    textAlign: "left",
                    borderCollapse: "separate",
                  }}
                >
                  <tbody>
                    <tr>
                      <td style={{ backgroundColor: brand.color, height: "6px", lineHeight: "6px", fontSize: "1px" }}>
                        &nbsp;
                      </td>
                    </tr>
                    <tr>
                      <td class="inner" style={{ padding: "26px 32px 0" }}>
                        <BrandMark brand={brand} />
                      </td>
                    </tr>
                    <tr>
                      <td class="inner" style={{ padding: "20px 32px 32px" }}>
                        <h1
                          class="strong"
                          style={{
                            margin: "0 0 10px",
                            fontSize: "23px",
                            lineHeight: "30px",
                            fontWeight: 700,
                            letterSpacing: "-0.2px",
                            color: "#14171f",
                            overflowWrap: "anywhere",
                          }}
                        >
                          <bdi>{title}</bdi>
                        </h1>
                        {children}
                      </td>
                    </tr>
                  </tbody>
                </table>
                <p
                  class="soft"
                  style={{
                    margin: "18px auto 0",
                    maxWidth: "560px",
                    fontSize: "12px",
                    lineHeight: "18px",
                    color: "#667085",
                  }}
                >
                  {footer}
                </p>
              </td>
            </tr>
          </tbody>
        </table>
      </body>
    </html>
  );
}

export const tableProps = { cellpadding: "0", cellspacing: "0" } as const;

function BrandMark({ brand }: { readonly brand: MailBrand }): VNode {
  const showsLogo = brand.logoUrl.startsWith("https://");
  const initial = Array.from(brand.name)[0]?.toUpperCase() ?? "";
  return (
    <table role="presentation" {...tableProps}>
      <tbody>
        <tr>
          <td style={{ verticalAlign: "middle" }}>
            {showsLogo ? (
              <img
                src={brand.logoUrl}
                alt=""
                height={32}
                style={{ display: "block", height: "32px", maxWidth: "160px", border: 0 }}
              />
            ) : (
              <div
                aria-hidden="true"
                style={{
                  width: "32px",
                  height: "32px",
                  lineHeight: "32px",
                  borderRadius: "9px",
                  textAlign: "center",
                  fontSize: "16px",
                  fontWeight: 700,
                  backgroundColor: brand.color,
                  color: textOn(brand.color),
                }}
              >
                {initial}
              </div>
            )}
          </td>
          <td
            class="strong"
            style={{
              verticalAlign: "middle",
              paddingLeft: "10px",
              fontSize: "15px",
              fontWeight: 600,
              color: "#14171f",
            }}
          >
            <bdi>{brand.name}</bdi>
          </td>
        </tr>
      </tbody>
    </table>
  );
}

export function Paragraph({ children }: { readonly children: ComponentChildren }): VNode {
  return (
    <p class="soft" style={{ margin: "0 0 14px", fontSize: "15px", lineHeight: "23px", color: "#475067" }}>
      {children}
    </p>
  );
}

export function SectionTitle({ children }: { readonly children: ComponentChildren }): VNode {
  return (
    <h2
      class="soft rule"
      style={{
        margin: "30px 0 14px",
        paddingTop: "22px",
        borderTop: "1px solid #e6e9f0",
        fontSize: "12px",
        lineHeight: "16px",
        fontWeight: 600,
        letterSpacing: "0.6px",
        textTransform: "uppercase",
        color: "#667085",
      }}
    >
      {children}
    </h2>
  );
}

/** The button, and the same address as text for those whose program shows no buttons. */
export function PortalButton({
  brand,
  url,
  label,
}: {
  readonly brand: MailBrand;
  readonly url: string;
  readonly label: string;
}): VNode {
  return (
    <>
      <table role="presentation" {...tableProps} style={{ margin: "20px 0 12px" }}>
        <tbody>
          <tr>
            <td style={{ borderRadius: "10px", backgroundColor: brand.color }}>
              <a
                href={url}
                style={{
                  display: "inline-block",
                  padding: "13px 24px",
                  fontSize: "15px",
                  lineHeight: "20px",
                  fontWeight: 600,
                  textDecoration: "none",
                  borderRadius: "10px",
                  color: textOn(brand.color),
                }}
              >
                {label}
              </a>
            </td>
          </tr>
        </tbody>
      </table>
      <p
        class="soft"
        style={{ margin: 0, fontSize: "12px", lineHeight: "18px", color: "#667085", overflowWrap: "anywhere" }}
      >
        Or open this link:{" "}
        <a class="link" href={url} style={{ color: "#3a4a6b", wordBreak: "break-all" }}>
          {url}
        </a>
      </p>
    </>
  );
}

/** A complete HTML document. Everything in it is escaped by the renderer. */
export function renderMail(mail: VNode): string {
  return `<!doctype html>${renderToStaticMarkup(mail)}`;
}

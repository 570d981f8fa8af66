interface Shop {
  /** Address of the widget's loader. */
  readonly widget: string;
  readonly chatbotId: string;
  readonly color: string;
  readonly page?: "home" | "checkout";
}

/**
 * Somebody else's web shop, on another origin than the product's, with the one line that adds the widget. It sets a
 * strict content security policy, as shops do.
 */
export function shopPage({ widget, chatbotId, color, page = "home" }: Shop): string {
  const origin = new URL(widget).origin;
  const products = [
    ["Fjell rain jacket", "€ 189.00", "#0e7490"],
    ["Tarn trail shoe", "€ 129.00", "#b45309"],
    ["Skog daypack 24 l", "€ 99.00", "#4d7c0f"],
    ["Måne merino shirt", "€ 69.00", "#6d28d9"],
    ["Elv camp stove", "€ 84.00", "#be123c"],
    ["Vidde tent for two", "€ 429.00", "#1d4ed8"],
  ]
    .map(
      ([name, price, color]) =>
        `<li><div class="picture" style="--hue:${color}"></div><h3>${name}</h3><p>${price}</p><button type="button">Add to basket</button></li>`,
    )
    .join("");
  const body =
    page === "checkout"
      ? `<section class="checkout"><h2>Checkout</h2><p>Fjell rain jacket, size M — € 189.00</p><p>Shipping — € 4.90</p><p><b>Total — € 193.90</b></p></section>`
      : `<section class="hero"><h2>Autumn is for walking</h2><p>Free returns for 60 days on everything.</p></section><ul class="products">${products}</ul>`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'self'; script-src ${origin}; frame-src ${origin}; style-src 'self' 'unsafe-inline'; connect-src 'none'; img-src 'self' data:">
<link rel="icon" href="data:,">
<title>Fernweh Outdoor — demo shop</title>
<style>
  :root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif }
  body { margin: 0; background: Canvas; color: CanvasText }
  header { display: flex; gap: 2rem; align-items: baseline; padding: 1rem clamp(1rem, 5vw, 4rem); border-block-end: 1px solid #8884 }
  header b { font-size: 1.25rem; letter-spacing: .02em }
  nav { display: flex; gap: 1.25rem } nav a { color: inherit; text-decoration: none; opacity: .8 }
  main { padding: 0 clamp(1rem, 5vw, 4rem) 6rem; max-width: 72rem; margin: auto }
  .hero { margin: 2rem 0; padding: clamp(1.5rem, 6vw, 4rem); border-radius: 1rem; color: #fff; background: linear-gradient(120deg, #0f766e, #155e75) }
  .hero h2 { margin: 0; font-size: clamp(1.5rem, 4vw, 2.5rem) }
  .products { list-style: none; margin: 0; padding: 0; display: grid; gap: 1.5rem; grid-template-columns: repeat(auto-fill, minmax(min(14rem, 100%), 1fr)) }
  .picture { aspect-ratio: 4 / 3; border-radius: .75rem; background: linear-gradient(160deg, var(--hue), color-mix(in srgb, var(--hue), #fff 55%)) }
  h3 { margin: .5rem 0 0; font-size: 1rem } p { margin: .25rem 0 .5rem }
  button { font: inherit; padding: .4rem .8rem; border: 1px solid #8886; border-radius: .5rem; background: none; color: inherit }
  .checkout { margin: 2rem 0; max-width: 30rem }
</style>
<script src="${widget}" data-chatbot="${chatbotId}" data-color="${color}" async></script>
</head>
<body>
<header><b>Fernweh</b><nav><a href="/shop">Shop</a><a href="/shop/checkout">Checkout</a></nav></header>
<main>${body}</main>
</body>
</html>`;
}

import type { KnowledgeEntry } from "../../../lambdas/store/knowledge.ts";

/** What the AI of the demo shop knows: Fernweh Outdoor, an invented web shop for outdoor clothing and gear. */
export const demoKnowledge: readonly KnowledgeEntry[] = [
  {
    entryId: "order-placing",
    title: "How to place an order",
    text: "Put what you like into the basket, choose Checkout, and enter your address and how you want to pay. You can order as a guest or with an account. A confirmation with your order number arrives by e-mail within a few minutes.",
  },
  {
    entryId: "order-status",
    title: "Where is my order? Tracking a parcel",
    text: "As soon as your parcel leaves our warehouse we e-mail you a tracking link. You also find it under My account › Orders. It may take up to 24 hours until the carrier shows the first scan.",
  },
  {
    entryId: "order-change",
    title: "Changing an order after it was placed",
    text: "You can change the size, colour or number of items within 60 minutes of ordering, under My account › Orders › Edit. After that the warehouse is packing already; order the right item and send the other one back free of charge.",
  },
  {
    entryId: "order-cancel",
    title: "Cancelling an order",
    text: "You can cancel free of charge until the parcel is packed: My account › Orders › Cancel. Your money is on its way back the same day. If the button is gone, the parcel has left; refuse it at the door or send it back.",
  },
  {
    entryId: "order-confirmation",
    title: "I did not get an order confirmation",
    text: "Look in your spam folder first. If there is no confirmation e-mail after 30 minutes, the address may have a typing error, or the payment did not go through. Your order is listed under My account › Orders when it reached us.",
  },
  {
    entryId: "order-invoice",
    title: "Invoices and receipts",
    text: "The invoice is a PDF under My account › Orders › Invoice, from the day that the parcel leaves. For a company invoice with a VAT number, enter the number at checkout; it can't be added afterwards.",
  },
  {
    entryId: "order-minimum",
    title: "Minimum order value",
    text: "There is no minimum order value. A single pair of socks is welcome.",
  },
  {
    entryId: "shipping-cost",
    title: "Shipping costs",
    text: "Standard shipping costs 4.90 € and is free from 75 €. Express shipping costs 12.90 €. Pick-up at our store is always free.",
  },
  {
    entryId: "shipping-time",
    title: "Delivery times",
    text: "Standard delivery takes 2 to 4 working days within the country and 4 to 7 working days in the rest of Europe. Express orders placed before 2 pm arrive on the next working day.",
  },
  {
    entryId: "shipping-express",
    title: "Express and next-day delivery",
    text: "Choose Express at checkout. If you order before 2 pm from Monday to Thursday, your parcel arrives the next working day before noon. Express is not available for oversized gear such as tents for four people.",
  },
  {
    entryId: "shipping-countries",
    title: "Countries that we ship to",
    text: "We deliver to all countries of the European Union, to Norway, Switzerland and the United Kingdom. We can't ship to the United States, Canada or Australia at the moment.",
  },
  {
    entryId: "shipping-customs",
    title: "Customs and import duties",
    text: "Parcels to Switzerland, Norway and the United Kingdom are sent duty paid: the price at checkout includes customs and import tax. Nothing is due at the door.",
  },
  {
    entryId: "shipping-address",
    title: "Changing the delivery address",
    text: "You can correct the delivery address until the parcel is packed, under My account › Orders › Edit. Afterwards use the link in the tracking e-mail: the carrier can redirect a parcel to a neighbour or a parcel shop.",
  },
  {
    entryId: "shipping-lost",
    title: "My order is late, lost or has not arrived",
    text: "If the tracking has not moved for five working days, or the parcel is marked as delivered and you do not have it, tell us. We start a search with the carrier and send a replacement or your money back within two working days.",
  },
  {
    entryId: "shipping-damaged",
    title: "The parcel arrived damaged or something is broken",
    text: "We are sorry! Take a picture of the box and of the broken item and send it to us within 14 days. You choose between a new item and your money; you do not have to send the broken one back.",
  },
  {
    entryId: "shipping-missing-item",
    title: "Something is missing from my parcel",
    text: "Large orders may come in two parcels; the tracking e-mail says how many. If an item is missing although all parcels are there, tell us the order number and we send it the same day.",
  },
  {
    entryId: "shipping-packstation",
    title: "Delivery to parcel lockers and PO boxes",
    text: "We deliver to parcel lockers: enter the locker's number as the street and your customer number as the second line. We can't deliver to PO boxes, because carriers want a signature.",
  },
  {
    entryId: "shipping-pickup",
    title: "Picking up an order in the store (click and collect)",
    text: "Choose Pick-up at checkout. Your order is ready after two hours during opening times, and we keep it for ten days. Bring the confirmation e-mail and an ID.",
  },
  {
    entryId: "shipping-green",
    title: "Packaging and climate",
    text: "Our boxes are made of recycled cardboard and contain no plastic. We deliver by bicycle and electric van where the carrier offers it, and compensate the rest of the emissions.",
  },
  {
    entryId: "returns-how",
    title: "How to return an item",
    text: "Open My account › Orders › Return, choose what you want to send back, and print the label or show the QR code at the parcel shop. Returns are free within the European Union. The item must be unworn and have its tags.",
  },
  {
    entryId: "returns-period",
    title: "Return period",
    text: "You have 60 days from the day of delivery to send things back. For orders from November and December the period ends on 31 January, so that presents can be exchanged.",
  },
  {
    entryId: "returns-label",
    title: "I have no return label or no printer",
    text: "You need no printer: under My account › Orders › Return, choose QR code, and the parcel shop prints the label for you. A lost label can be made again as often as you like.",
  },
  {
    entryId: "returns-exchange",
    title: "Exchanging for another size or colour",
    text: "Choose Exchange instead of Return and pick the size or colour that you want. We send it as soon as the carrier has scanned your return, and there is no second shipping fee.",
  },
  {
    entryId: "returns-excluded",
    title: "What can't be returned",
    text: "For hygiene and safety we can't take back underwear and swimwear without the sticker, opened food and gas cartridges, used climbing ropes and harnesses, and things that were made or engraved for you.",
  },
  {
    entryId: "refund-time",
    title: "When do I get my refund?",
    text: "We refund within three working days after your return has reached us, to the way you paid with. Banks need one to five more days; credit cards show it on the next statement. You get an e-mail when the refund leaves us.",
  },
  {
    entryId: "refund-partial",
    title: "My refund is lower than expected",
    text: "A discount code is spread over all items, so each refund is reduced by its part. If your order falls below 75 € through the return, free shipping stays free. Express fees are refunded only if we made a mistake.",
  },
  {
    entryId: "payment-methods",
    title: "Payment methods",
    text: "You can pay by credit card (Visa, Mastercard, American Express), PayPal, Apple Pay, Google Pay, bank transfer, or on invoice with 30 days' time. We do not accept cheques or cash on delivery.",
  },
  {
    entryId: "payment-failed",
    title: "My payment was declined",
    text: "Most often the bank asks for a confirmation in its app that has timed out. Try once more or choose another way to pay; your basket stays as it is. If you were charged without an order, the amount is released within five days.",
  },
  {
    entryId: "payment-instalments",
    title: "Paying later or in instalments",
    text: "From 100 € you can pay in three, six or twelve monthly instalments. Choose Instalments at checkout; the decision takes a few seconds. The first three months are free of interest.",
  },
  {
    entryId: "payment-secure",
    title: "Is it safe to pay by card?",
    text: "Yes. Card data goes straight to our payment provider over an encrypted connection and never touches our servers. Every card payment is confirmed with 3-D Secure.",
  },
  {
    entryId: "payment-currency",
    title: "Currencies",
    text: "Prices are in euros. For the United Kingdom, Switzerland and Norway you can switch to pounds, francs and kroner at the bottom of the page; the rate is fixed when you order.",
  },
  {
    entryId: "gift-card-buy",
    title: "Buying a gift card",
    text: "Gift cards from 10 € to 500 € come by e-mail at once, or printed by post in a nice envelope. They are valid for three years.",
  },
  {
    entryId: "gift-card-use",
    title: "Using a gift card and checking its balance",
    text: "Enter the code of the gift card at checkout. What is left stays on the card for your next order. You can see the balance under Gift cards › Balance with the code and the PIN.",
  },
  {
    entryId: "gift-wrap",
    title: "Gift wrapping",
    text: "Tick Gift wrapping in the basket: for 3.50 € we pack your present in recycled paper with a hand-written card of up to 200 characters. The parcel holds no invoice.",
  },
  {
    entryId: "discount-codes",
    title: "Using a discount code",
    text: "Enter the discount code in the basket, under the list of items. One code works per order, and not for gift cards or things that are reduced already. If it is refused, look at its date and minimum order value.",
  },
  {
    entryId: "discount-student",
    title: "Student discount",
    text: "Students get 10 % off all year. Prove your status once under My account › Student, with the address of your university; the discount is taken off by itself for twelve months.",
  },
  {
    entryId: "discount-price-match",
    title: "Price guarantee: I found it cheaper elsewhere",
    text: "If another European shop sells the same item in the same size and colour for less, send us the link within 14 days of your order. We check it and pay the difference back.",
  },
  {
    entryId: "loyalty",
    title: "Trail Club: our loyalty programme",
    text: "Joining the Trail Club is free. You collect one point for each euro; 200 points are a 10 € voucher. Members see the sale one day earlier and get free repairs of zips and seams.",
  },
  {
    entryId: "size-guide",
    title: "Finding the right size",
    text: "Every product page has a size chart with body measurements in centimetres. Measure chest, waist and hips over thin clothes. Between two sizes take the larger one for jackets and the smaller one for base layers.",
  },
  {
    entryId: "size-shoes",
    title: "Sizes of hiking boots and shoes",
    text: "Take boots half a size larger than your street shoes, so that your toes have room downhill. Try them on in the evening with hiking socks. Wide feet fit best into the models marked W.",
  },
  {
    entryId: "size-children",
    title: "Children's sizes",
    text: "Children's clothes go by height: size 116 is for children of 110 to 116 cm. Jackets and trousers have a hem that can be let out by 4 cm, so that they last for two winters.",
  },
  {
    entryId: "stock-notify",
    title: "Sold out: when is it back in stock?",
    text: "Choose Tell me on the product page and leave your e-mail address. Most items are back within two to three weeks. Last season's colours are not made again.",
  },
  {
    entryId: "care-waterproof",
    title: "Washing and reproofing waterproof jackets",
    text: "Wash waterproof jackets at 30 °C with liquid detergent and without softener, then dry them at low heat for 20 minutes: the warmth brings the repellency back. Use a proofing spray once the rain no longer pearls off.",
  },
  {
    entryId: "care-down",
    title: "Washing down jackets and sleeping bags",
    text: "Wash down with a special down detergent on a gentle cycle at 30 °C. Dry it in the tumble dryer at low heat with three tennis balls until no lumps are left, which takes about three hours.",
  },
  {
    entryId: "care-wool",
    title: "Caring for merino wool",
    text: "Merino rarely needs washing: airing overnight is enough. Otherwise use the wool cycle at 30 °C and dry it flat. Never put merino into the tumble dryer.",
  },
  {
    entryId: "care-boots",
    title: "Caring for leather boots",
    text: "Brush off the mud, let the leather boots dry slowly away from heating, and rub in wax while they are still slightly damp. Resoling is possible for all models with a stitched sole.",
  },
  {
    entryId: "warranty",
    title: "Warranty and guarantee",
    text: "Everything has the legal warranty of two years. On our own brand we give a guarantee of five years against faults of material and workmanship. Normal wear and accidents are not covered.",
  },
  {
    entryId: "repair",
    title: "Repair service",
    text: "We mend zips, seams, buckles and torn fabric, also years later. Ask for a repair under My account › Repairs with a picture; you get a price within two days. Most repairs cost 15 to 40 € and take ten days.",
  },
  {
    entryId: "material-vegan",
    title: "Vegan products and animal welfare",
    text: "Vegan products carry a green leaf on the product page. Our down is certified and comes from no live-plucked birds, and our wool is free of mulesing.",
  },
  {
    entryId: "material-pfas",
    title: "PFAS and chemicals",
    text: "All our rainwear has been free of PFAS since 2024. Our fabrics are tested for harmful substances by an independent laboratory; the certificates are on the product pages.",
  },
  {
    entryId: "rental",
    title: "Renting tents and gear",
    text: "You can rent tents, sleeping bags and backpacks in our store from 12 € a weekend. Reserve them by phone or at the counter; a deposit of 50 € is due. We clean everything after each rental.",
  },
  {
    entryId: "account-create",
    title: "Creating an account",
    text: "Choose My account › Register and enter your e-mail address and a password. With an account you see your orders, return with two clicks and keep a wish list. It is free and you can also order without one.",
  },
  {
    entryId: "account-password",
    title: "I forgot my password",
    text: "Choose Forgot password on the login page. The link in the e-mail works for one hour. After five wrong passwords the account is locked for 15 minutes.",
  },
  {
    entryId: "account-email",
    title: "Changing my e-mail address",
    text: "Under My account › Details you can change your e-mail address. We send a link to the new one; the change takes effect when you open it.",
  },
  {
    entryId: "privacy-data",
    title: "Privacy: which data we keep",
    text: "We keep what an order needs: name, address, e-mail and what you bought. Invoices must be kept for ten years by law. We sell no data, and advertising cookies are off unless you allow them.",
  },
  {
    entryId: "privacy-delete",
    title: "Deleting my account and my data",
    text: "Choose My account › Details › Delete account. Everything but the invoices is erased within 30 days. You can download your data there first.",
  },
  {
    entryId: "newsletter",
    title: "Newsletter: subscribing and unsubscribing",
    text: "The newsletter comes twice a month with new things and tours. To unsubscribe, use the link at the bottom of any issue, or switch it off under My account › Details.",
  },
  {
    entryId: "store-hours",
    title: "Store and opening hours",
    text: "Our store is at Harbour Street 12 and is open from Monday to Saturday, 10 am to 7 pm. It is closed on Sundays and public holidays. Tram 4 stops at the door.",
  },
  {
    entryId: "contact-phone",
    title: "Contact: phone, e-mail and hours",
    text: "You reach us by phone from Monday to Friday, 9 am to 5 pm, at +49 30 0000 1234, and by e-mail at hello@fernweh-outdoor.example. In this chat, press the button to talk to one of us.",
  },
  {
    entryId: "business-orders",
    title: "Business and bulk orders",
    text: "Clubs, schools and companies get a bulk discount from ten pieces of the same item, and we embroider your logo from 25 pieces. Ask for an offer with the number and the sizes.",
  },
  {
    entryId: "careers",
    title: "Jobs",
    text: "Open positions are listed under About us › Jobs. We are always glad to hear from people who know boots or bicycles; send an application in one PDF.",
  },
];

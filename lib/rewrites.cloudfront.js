/* Runs in CloudFront Functions (cloudfront-js-2.0) on viewer requests: gives every address of an app its one page. */
const pages = [
  { path: /^\/$|^\/login(\/|$)|^\/chatbot(\/|$)/, file: "/dashboard/index.html" },
  { path: /^\/portal(\/|$)/, file: "/portal/index.html" },
  { path: /^\/widget\/?$/, file: "/widget/index.html" },
];

// biome-ignore lint/correctness/noUnusedVariables: CloudFront calls it
function handler(event) {
  const request = event.request;
  const page = pages.find((each) => each.path.test(request.uri));
  if (page) request.uri = page.file;
  return request;
}

/* Runs in CloudFront Functions (cloudfront-js-2.0) on viewer requests: gives every address of an app its one page. */
const pages = [
  { path: /^\/portal(\/|$)/, file: "/portal/index.html" },
  { path: /^\/widget\/?$/, file: "/widget/index.html" },
  // Every other address without a file's ending: the dashboard says what it does not know.
  { path: /^\/(?!assets\/)([^.]*)$|^\/chatbot\//, file: "/dashboard/index.html" },
];

// biome-ignore lint/correctness/noUnusedVariables: CloudFront calls it
function handler(event) {
  const request = event.request;
  const page = pages.find((each) => each.path.test(request.uri));
  if (page) request.uri = page.file;
  return request;
}

/** The one style sheet of the console and of the login page. System fonts, light and dark, no external resources. */
export const consoleStyle = `
:root {
  color-scheme: light dark;
  --page: #f6f7f9; --surface: #fff; --line: #dfe3e8; --text: #1b2430; --soft: #5b6675; --accent: #2456d6;
  --accent-text: #fff; --warn: #9a3412; --warn-surface: #fff3ea; --good: #1a7f4b; --code: #eef1f5;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #12161c; --surface: #1a2029; --line: #2d3644; --text: #e6ebf2; --soft: #9aa7b8; --accent: #7aa2ff;
    --accent-text: #0d1420; --warn: #ffb38a; --warn-surface: #33231a; --good: #63d39b; --code: #222a35;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--text); font: 15px/1.5 system-ui, sans-serif; }
a { color: var(--accent); }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
header.top { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; align-items: center; padding: .75rem 1.25rem;
  background: var(--surface); border-bottom: 1px solid var(--line); }
header.top strong { margin-right: .5rem; }
header.top a { text-decoration: none; color: var(--soft); padding: .25rem 0; border-bottom: 2px solid transparent; }
header.top a[aria-current] { color: var(--text); border-color: var(--accent); }
main { max-width: 72rem; margin: 0 auto; padding: 1.25rem; }
h1 { font-size: 1.5rem; line-height: 1.2; margin: .25rem 0 1rem; overflow-wrap: anywhere; }
h2 { font-size: 1rem; margin: 0 0 .5rem; }
.grid { display: grid; gap: 1rem; grid-template-columns: repeat(auto-fit, minmax(min(20rem, 100%), 1fr)); }
.card { background: var(--surface); border: 1px solid var(--line); border-radius: .75rem; padding: 1rem 1.25rem; min-width: 0; }
.grid + .card, .card + .card, .card + .grid { margin-top: 1rem; }
.grid > .card { margin-top: 0; }
.soft, .note { color: var(--soft); }
.note { margin: 0 0 1rem; }
.problem { background: var(--warn-surface); color: var(--warn); border-radius: .5rem; padding: .5rem .75rem; }
ul.plain, ul.people { list-style: none; margin: 0; padding: 0; }
ul.plain li { padding: .35rem 0; border-top: 1px solid var(--line); overflow-wrap: anywhere; }
ul.plain li:first-child { border-top: 0; }
.scroll { overflow-x: auto; }
table { width: 100%; border-collapse: collapse; }
th, td { text-align: left; padding: .45rem .75rem .45rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
th { font-weight: 600; color: var(--soft); white-space: nowrap; }
td { overflow-wrap: anywhere; }
td.number { text-align: right; font-variant-numeric: tabular-nums; }
time, .time { white-space: nowrap; font-variant-numeric: tabular-nums; color: var(--soft); }
pre, code { font-family: ui-monospace, monospace; font-size: .85em; }
code { background: var(--code); border-radius: .25rem; padding: .1em .3em; }
pre { background: var(--code); border-radius: .5rem; padding: .75rem; overflow: auto; white-space: pre-wrap; overflow-wrap: anywhere; margin: 0; }
iframe { width: 100%; height: 70vh; border: 1px solid var(--line); border-radius: .5rem; background: #fff; }
.tabs { display: flex; gap: 1rem; margin: 1rem 0; border-bottom: 1px solid var(--line); }
.tabs a { padding: .35rem 0; text-decoration: none; color: var(--soft); border-bottom: 2px solid transparent; margin-bottom: -1px; }
.tabs a[aria-current] { color: var(--text); border-color: var(--accent); }
.tag { display: inline-block; border: 1px solid var(--line); border-radius: 1rem; padding: 0 .6rem; font-size: .85em; }
.row { display: flex; flex-wrap: wrap; gap: .5rem; align-items: center; }
button, input, select { font: inherit; color: inherit; border: 1px solid var(--line); border-radius: .5rem; padding: .4rem .75rem;
  background: var(--surface); min-height: 2.25rem; max-width: 100%; }
button { cursor: pointer; }
button:hover { border-color: var(--accent); }
button.primary { background: var(--accent); border-color: var(--accent); color: var(--accent-text); }
.row > input { flex: 1; min-width: 0; }
body.narrow { display: grid; place-items: center; min-height: 100vh; padding: 1rem; }
body.narrow main { width: min(26rem, 100%); margin: 0; }
body.narrow label { display: block; margin: 1rem 0 .25rem; }
ul.people li + li { margin-top: .5rem; }
ul.people button { width: 100%; display: flex; flex-direction: column; align-items: flex-start; text-align: left; padding: .6rem .9rem; }
ul.people span { color: var(--soft); }
`;

/** Turns \`data-\` attributes of buttons and forms into JSON requests, and reloads the page afterwards. */
export const consoleScript = `
addEventListener("submit", (event) => {
  const form = event.target.closest("form[data-json]");
  if (!form) return;
  event.preventDefault();
  const body = Object.fromEntries([...new FormData(form)].filter(([, value]) => value !== "")
    .map(([name, value]) => [name, form.elements[name].type === "number" ? Number(value) : value]));
  send(form.dataset.json, "POST", JSON.stringify(body));
});
addEventListener("click", (event) => {
  const button = event.target.closest("button[data-send]");
  if (button) send(button.dataset.send, button.dataset.method ?? "POST", button.dataset.body);
});
async function send(path, method, body) {
  const response = await fetch(path, { method, body, headers: { "content-type": "application/json" } });
  if (response.ok) location.reload();
  else alert((await response.json()).error);
}
`;

import type { VNode } from "preact";
import { renderToString } from "preact-render-to-string";
import type { PoolUser } from "./cognito-users.ts";

/** The page on which a person chooses whom to sign in as. `action` is where the form posts to. */
export function loginPage(action: string, users: readonly PoolUser[], problem?: string): string {
  return page(
    "Sign in",
    <form method="post" action={action}>
      <p class="note">This is a local stand-in for Amazon Cognito. There are no passwords: choose who you are.</p>
      {problem && (
        <p class="problem" role="alert">
          {problem}
        </p>
      )}
      {users.length > 0 && (
        <ul class="people">
          {users.map((user) => (
            <li key={user.username}>
              <button type="submit" name="user" value={user.username}>
                <strong>{user.attributes.name ?? user.attributes.email ?? user.username}</strong>
                <span>{user.attributes.email}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
      <label for="email">Or type an e-mail address</label>
      <div class="row">
        <input id="email" name="email" type="email" autocomplete="email" placeholder="name@example.com" />
        <button type="submit" class="primary">
          Sign in
        </button>
      </div>
    </form>,
  );
}

/** A request that can't be sent back to the application, because it isn't known whose it is. */
export function loginProblem(problem: string): string {
  return page(
    "Cannot sign in",
    <p class="problem" role="alert">
      {problem}
    </p>,
  );
}

function page(title: string, content: VNode): string {
  return `<!doctype html>${renderToString(
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{title}</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="/console.css" />
      </head>
      <body class="narrow">
        <main class="card">
          <h1>{title}</h1>
          {content}
        </main>
      </body>
    </html>,
  )}`;
}

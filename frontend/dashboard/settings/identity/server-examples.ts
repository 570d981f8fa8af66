import type { CodeExample } from "../code-tabs.tsx";

/** How an owner's server signs for a visitor. The product's own claims: `lambdas/conversation/identify-visitor.ts`. */
export const serverExamples: readonly CodeExample[] = [
  {
    name: "Node.js",
    code: `import { SignJWT } from "jose";

const secret = new TextEncoder().encode(process.env.CHAT_IDENTITY_SECRET);

app.get("/chat-token", requireLogin, async (request, response) => {
  const { id, name, email } = request.user;
  const jwt = await new SignJWT({ name, email })
    .setProtectedHeader({ alg: "HS256" })
    .setSubject(id)
    .setExpirationTime("10m")
    .sign(secret);
  response.json({ jwt });
});`,
  },
  {
    name: "Python",
    code: `import os, time, jwt  # PyJWT

@app.get("/chat-token")
@login_required
def chat_token():
    user = current_user
    claims = {"sub": str(user.id), "name": user.name, "email": user.email,
              "exp": int(time.time()) + 600}
    secret = os.environ["CHAT_IDENTITY_SECRET"]
    return {"jwt": jwt.encode(claims, secret, algorithm="HS256")}`,
  },
  {
    name: "PHP",
    code: `use Firebase\\JWT\\JWT;

$claims = ['sub' => (string) $user->id, 'name' => $user->name,
           'email' => $user->email, 'exp' => time() + 600];
echo json_encode(['jwt' => JWT::encode($claims, getenv('CHAT_IDENTITY_SECRET'), 'HS256')]);`,
  },
];

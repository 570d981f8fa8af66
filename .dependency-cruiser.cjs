/**
 * The import rule of the tree: every arrow points one way. `npm run check:imports` enforces it.
 *
 * Inside `lambdas/` the arrows go feature → runtime → adapters → store → contracts → domain, skipping steps at will.
 * A feature may import another feature: a use case such as "announce" has one home, and the inbox and the portal act on
 * conversations through it. What a feature must not import is an entry (`*.lambda.ts`), and no two files import
 * each other in a circle.
 */

/** Files matched by `from` must not import what `to` matches. */
const never = (name, from, to, comment) => ({ name, severity: "error", comment, from: { path: from }, to });

/** Files matched by `from` import nothing but what `to` matches. */
const only = (name, from, to, comment) => never(name, from, { pathNot: to }, comment);

module.exports = {
  forbidden: [
    never(
      "all-imports-resolve",
      "",
      { couldNotResolve: true, pathNot: "^@aws/cloudformation-validate$" },
      "A rule can't judge what it can't find. The exception is bundled inside aws-cdk-lib and found from there.",
    ),
    never(
      "no-circles",
      "",
      { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
      "Two files that need each other are one file, or three. Types may.",
    ),
    only("domain-is-pure", "^lambdas/domain/", "^lambdas/domain/", "The domain imports nothing."),
    only(
      "contracts-import-domain",
      "^lambdas/contracts/",
      "^(lambdas/(contracts|domain)/|node_modules/zod/)",
      "Contracts import only the domain, and zod.",
    ),
    never(
      "store-knows-no-edge",
      "^lambdas/store/",
      { path: "^lambdas/(?!store/|domain/|contracts/)" },
      "The store knows neither features nor the edge.",
    ),
    never(
      "adapters-know-no-feature",
      "^lambdas/adapters/",
      { path: "^lambdas/(?!adapters/|domain/|contracts/|store/)" },
      "An adapter is one outside system.",
    ),
    never(
      "runtime-knows-no-feature",
      "^lambdas/runtime/",
      { path: "^lambdas/(?!runtime/|adapters/|domain/|contracts/|store/)" },
      "The edge knows no feature.",
    ),
    never(
      "dynamo-attributes-stay-in-the-store",
      "^(?!lambdas/store/)",
      { path: "^lambdas/store/keys\\.ts$" },
      "keys.ts is the only file that spells pk and sk.",
    ),
    never(
      "entries-are-imported-by-tests-alone",
      "^(?!test/)",
      { path: "\\.lambda\\.ts$" },
      "An entry wires what Lambda runs; what two features share is a use case beside it.",
    ),
    never(
      "lambdas-know-no-page-and-no-stack",
      "^lambdas/",
      { path: "^(bin|lib|frontend)/" },
      "A function knows its environment, not who deploys or calls it.",
    ),
    never(
      "frontend-imports-contracts",
      "^frontend/",
      { path: "^(lambdas/(?!contracts/|domain/)|lib/|bin/)" },
      "A page imports only the contracts.",
    ),
    never(
      "faces-share-in-shared",
      "^frontend/(widget|portal|dashboard|shared)/",
      { path: "^frontend/", pathNot: "^frontend/($1|shared)/" },
      "What two faces have in common is in frontend/shared, which knows none of them.",
    ),
    never(
      "no-visitor-downloads-zod",
      "^frontend/(widget|portal|shared)/",
      {
        path: "^(lambdas/contracts/(events|http|protocol|settings)\\.ts$|node_modules/zod/)",
        dependencyTypesNot: ["type-only"],
      },
      "What visitors load takes types only: zod would be most of the widget. The settings form does validate with it.",
    ),
    never(
      "stack-imports-contracts",
      "^(lib|bin)/",
      { path: "^(lambdas/(?!contracts/|domain/)|frontend/)" },
      "Constructs refer to entries by path.",
    ),
    never(
      "nothing-shipped-imports-local",
      "^(bin|lib|lambdas|frontend)/",
      { path: "^(local|test|bench|docs)/" },
      "What ships never needs the local cloud.",
    ),
    never(
      "nothing-shipped-needs-a-dev-dependency",
      "^(bin|lib|lambdas|frontend)/",
      {
        dependencyTypes: ["npm-dev", "npm-no-pkg", "npm-unknown"],
        dependencyTypesNot: ["type-only"],
      },
      "Building and deploying works after `npm ci --omit=dev`.",
    ),
    never(
      "local-cloud-knows-no-chat",
      "^local/(cloud|stubs)/",
      { path: "^(local/demo|lambdas|lib|bin|frontend|test|bench|docs)/" },
      "The local cloud could run another app.",
    ),
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "types", "node", "default"] },
    exclude: { path: "(^|/)(dist|cdk\\.out)/" },
  },
};

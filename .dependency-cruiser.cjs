/** The import rule of the tree: every arrow points one way. `npm run check:imports` enforces it. */
const only = (name, from, to, comment) => ({ name, severity: "error", comment, from: { path: from }, to: { path: to } });

module.exports = {
  forbidden: [
    { name: "no-circular", severity: "error", from: {}, to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } } },
    only("domain-is-pure", "^lambdas/domain/", "^(lambdas/(?!domain/)|node_modules/|lib/|frontend/)", "The domain imports nothing."),
    only("contracts-import-domain", "^lambdas/contracts/", "^lambdas/(?!contracts/|domain/)", "Contracts import only the domain."),
    only("store-knows-no-edge", "^lambdas/store/", "^lambdas/(?!store/|domain/|contracts/)", "The store knows neither features nor the edge."),
    only("adapters-know-no-feature", "^lambdas/adapters/", "^lambdas/(?!adapters/|domain/|contracts/|store/)", "An adapter is one outside system."),
    only("runtime-knows-no-feature", "^lambdas/runtime/", "^lambdas/(?!runtime/|adapters/|domain/|contracts/|store/)", "The edge knows no feature."),
    only("frontend-imports-contracts", "^frontend/", "^(lambdas/(?!contracts/|domain/)|lib/|local/|test/|bench/|bin/)", "A page imports only the contracts."),
    only("lib-imports-contracts", "^(lib|bin)/", "^(lambdas/(?!contracts/|domain/)|frontend/|local/|test/|bench/)", "Constructs refer to entries by path."),
    only("nothing-shipped-imports-local", "^(bin|lib|lambdas|frontend)/", "^(local|test|bench|docs)/", "What ships never needs the local cloud."),
    only("local-cloud-knows-no-chat", "^local/cloud/", "^(local/demo|lambdas|lib|bin|frontend|test)/", "The local cloud could run another app."),
    only("dynamo-attributes-stay-in-the-store", "^lambdas/(?!store/)", "^lambdas/store/keys\\.ts$", "keys.ts is the only file that spells pk and sk."),
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "types", "node", "default"] },
    exclude: { path: "(^|/)(dist|cdk\\.out)/" },
  },
};

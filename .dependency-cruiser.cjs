/** Arrows of the architecture: programs -> services -> domain; migrations are seen by EventLog's SQLite adapter alone. */
module.exports = {
  forbidden: [
    { name: "no-cycle", severity: "error", from: {}, to: { circular: true } },
    {
      name: "domain-stays-pure",
      comment:
        "domain imports itself and effect's data modules; only hash.ts may take SHA-256 from node:crypto",
      severity: "error",
      from: { path: "^src/domain/", pathNot: "^src/domain/hash\\.ts$" },
      to: { pathNot: "^(src/domain/|node_modules/effect/)" }
    },
    {
      name: "domain-hash-takes-only-crypto",
      severity: "error",
      from: { path: "^src/domain/hash\\.ts$" },
      to: { pathNot: "^(src/domain/|node_modules/effect/|crypto$|node:crypto$)" }
    },
    {
      name: "domain-uses-no-effect-runtime",
      comment: "Effect, Layer, Clock, Random and friends are for services",
      severity: "error",
      from: { path: "^src/domain/" },
      to: {
        path: "^node_modules/effect/dist/[^/]+/(Effect|Layer|Context|Clock|Random|Fiber|Queue|PubSub|Ref|Stream|Runtime|ManagedRuntime|Scope|Deferred|Config)\\."
      }
    },
    {
      name: "the-search-cannot-see-the-hidden-cases",
      comment:
        "rule 8: the start of a run seals them, the final scoring opens them, `execute --set` is a user's own act",
      severity: "error",
      from: {
        path: "^src/",
        pathNot:
          "^src/(services/HiddenCases/|programs/solve/prepare\\.ts$|programs/execute\\.ts$|programs/verifyReferences\\.ts$|programs/layers\\.ts$|programs/index\\.ts$)"
      },
      to: { path: "^src/services/HiddenCases(/layer)?\\.ts$" }
    },
    {
      name: "no-search-sees-a-reference-solution",
      severity: "error",
      from: {
        path: "^src/",
        pathNot:
          "^src/(services/ReferencePrograms/|services/ProblemSource/source\\.ts$|programs/verifyReferences\\.ts$|programs/layers\\.ts$)"
      },
      to: { path: "^src/services/ReferencePrograms(/layer)?\\.ts$" }
    },
    {
      name: "only-the-final-scoring-opens-the-hidden-cases",
      severity: "error",
      from: { path: "^src/", pathNot: "^src/(services/Execute|programs/solve/prepare)\\.ts$" },
      to: { path: "^src/services/HiddenCases/sealed\\.ts$" }
    },
    {
      name: "services-do-not-see-programs",
      severity: "error",
      from: { path: "^src/services/" },
      to: { path: "^src/programs/" }
    },
    {
      name: "only-the-sqlite-log-sees-migrations",
      severity: "error",
      from: { path: "^src/", pathNot: "^src/services/EventLog/sqlite" },
      to: { path: "^migrations/" }
    },
    {
      name: "migrations-see-no-source",
      severity: "error",
      from: { path: "^migrations/" },
      to: { path: "^src/" }
    },
    {
      name: "source-sees-no-test",
      severity: "error",
      from: { path: "^(src|migrations)/" },
      to: { path: "^(test|bench)/" }
    },
    { name: "unresolvable", severity: "error", from: {}, to: { couldNotResolve: true } },
    {
      name: "no-development-package-in-source",
      severity: "error",
      from: { path: "^(src|migrations)/" },
      to: { dependencyTypes: ["npm-dev"], dependencyTypesNot: ["type-only"] }
    }
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    // Built by the C compiler of the machine it runs on, beside the file that loads it.
    exclude: { path: "seidrFork\\.node$" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default"]
    }
  }
}

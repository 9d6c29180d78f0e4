import { expect, it } from "@effect/vitest"
import { Effect, Either } from "effect"
import { simulated } from "../../../src/services/LanguageModel/simulated.ts"

it.effect("says before anything is asked that it knows Python and C++ only", () =>
  Effect.gen(function* () {
    yield* simulated.check("simulated", "python")
    yield* simulated.check("simulated:hard", "cpp")
    const refused = yield* Effect.either(simulated.check("simulated", "haskell"))
    expect(Either.isLeft(refused) && refused.left._tag).toBe("ModelMisconfigured")
    expect(Either.isLeft(refused) && refused.left.message).toMatch(
      /cannot write Haskell\. It knows Python and C\+\+/
    )
  })
)

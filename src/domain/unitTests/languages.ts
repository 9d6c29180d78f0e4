import type { Language } from "../language.ts"
import { cpp } from "./cpp.ts"
import { go } from "./go.ts"
import { java } from "./java.ts"
import { javascript } from "./javascript.ts"
import { rust } from "./rust.ts"
import type { Tested } from "./tested.ts"

/** The languages in which tests run in the same process as the candidate. Python has a way of its own. */
export const testedLanguages: Readonly<Partial<Record<Language, Tested>>> = {
  cpp,
  java,
  javascript,
  go,
  rust
}

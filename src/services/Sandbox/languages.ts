import type { Language } from "../../domain/language.ts"
import type { LanguageDriver } from "./driver.ts"
import { c } from "./languages/c.ts"
import { clojure } from "./languages/clojure.ts"
import { cpp } from "./languages/cpp.ts"
import { csharp } from "./languages/csharp.ts"
import { d } from "./languages/d.ts"
import { elixir } from "./languages/elixir.ts"
import { erlang } from "./languages/erlang.ts"
import { go } from "./languages/go.ts"
import { haskell } from "./languages/haskell.ts"
import { java } from "./languages/java.ts"
import { javascript } from "./languages/javascript.ts"
import { julia } from "./languages/julia.ts"
import { kotlin } from "./languages/kotlin.ts"
import { php } from "./languages/php.ts"
import { python } from "./languages/python.ts"
import { ruby } from "./languages/ruby.ts"
import { rust } from "./languages/rust.ts"
import { scala } from "./languages/scala.ts"
import { swift } from "./languages/swift.ts"
import { typescript } from "./languages/typescript.ts"

/** Every language that the engine can run. */
export const drivers: Readonly<Record<Language, LanguageDriver>> = {
  python,
  cpp,
  c,
  java,
  javascript,
  typescript,
  go,
  rust,
  ruby,
  php,
  haskell,
  scala,
  kotlin,
  csharp,
  swift,
  d,
  julia,
  clojure,
  elixir,
  erlang
}

import type { Language } from "../../domain/language.ts"
import type { LanguageDriver } from "./driver.ts"
import { cpp } from "./languages/cpp.ts"
import { python } from "./languages/python.ts"

/** Every language that the engine can run. */
export const drivers: Readonly<Record<Language, LanguageDriver>> = { python, cpp }

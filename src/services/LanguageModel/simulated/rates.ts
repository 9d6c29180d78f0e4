import { Either } from "effect"
import { millisecondsOf } from "../../../domain/units.ts"

/** How able the simulated model is. All but `mistakes` and `latency` are probabilities. */
export interface Rates {
  /** A draft is right at once. */
  readonly solve: number
  /** Otherwise it has from one to this many mistakes. */
  readonly mistakes: number
  /** It has a fault on the surface too: a syntax error, a missing import. */
  readonly surface: number
  /** An explanation names a mistake that is there; else it is wrong or says little. */
  readonly insight: number
  /** A repair mends what its instruction names. */
  readonly skill: number
  /** A repair mends something without being told what. */
  readonly luck: number
  /** A repair makes a new mistake. */
  readonly slip: number
  /** An answer holds no program. */
  readonly mute: number
  /** A request fails as if the endpoint were not available. */
  readonly fail: number
  /** Mean time to an answer, in ms. */
  readonly latency: number
}

/** The fixed names. */
const presets: Readonly<Record<string, Rates>> = {
  "": {
    solve: 0.06,
    mistakes: 3,
    surface: 0.15,
    insight: 0.7,
    skill: 0.7,
    luck: 0.2,
    slip: 0.08,
    mute: 0.03,
    fail: 0,
    latency: 0
  },
  hard: {
    solve: 0,
    mistakes: 4,
    surface: 0.25,
    insight: 0.45,
    skill: 0.5,
    luck: 0.08,
    slip: 0.12,
    mute: 0.05,
    fail: 0,
    latency: 0
  }
}

/**
 * The rates that the part of a model's name after `simulated` stands for: nothing, `hard`, and parameters such as
 * `hard?latency=200ms&fail=0.05`. Left: what is wrong with it.
 */
export const ratesOf = (name: string): Either.Either<Rates, string> => {
  const [preset = "", query = ""] = name.split("?", 2)
  const rates = presets[preset]
  if (rates === undefined) {
    return Either.left(
      `there is no ${JSON.stringify(preset)}; the fixed names are simulated and simulated:hard`
    )
  }
  const changed: { -readonly [Key in keyof Rates]: number } = { ...rates }
  for (const pair of query.split("&").filter((text) => text !== "")) {
    const [key = "", value = ""] = pair.split("=", 2)
    if (!isRate(key)) return Either.left(`it has no parameter ${JSON.stringify(key)}; there are ${known}`)
    const number = key === "latency" ? millisecondsOf(value) : Number(value === "" ? Number.NaN : value)
    const wrong = faultOf(key, number)
    if (number === undefined || wrong !== undefined) {
      return Either.left(`${key} is ${JSON.stringify(value)}, and has to be ${wrong}`)
    }
    changed[key] = number
  }
  return Either.right(changed)
}

const isRate = (key: string): key is keyof Rates => Object.hasOwn(presets[""]!, key)

const known = Object.keys(presets[""]!).join(", ")

const faultOf = (key: keyof Rates, value: number | undefined): string | undefined => {
  if (key === "latency") return value === undefined ? "a duration such as 200ms" : undefined
  if (key === "mistakes")
    return Number.isInteger(value) && value! >= 1 ? undefined : "a whole number from 1 on"
  return value !== undefined && value >= 0 && value <= 1 ? undefined : "a probability from 0 to 1"
}

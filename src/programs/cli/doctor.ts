import { Effect, Layer, Option } from "effect"
import { configurationFrom } from "../configuration.ts"
import { diagnose } from "../doctor.ts"
import { layerModels, layerSandbox } from "../layers.ts"
import { command } from "./command.ts"
import { environment } from "./environment.ts"
import { Concluded, exitStatus } from "./failure.ts"
import { json, unconfined } from "./options.ts"
import { Screen } from "./Screen.ts"
import { machineOptions } from "./solve.ts"

export const doctorCommand = command(
  {
    name: "doctor",
    about: "show what works on this machine, and the command that mends what does not",
    exits: "0 all that is needed works, 1 something is missing"
  },
  { json, unconfined, ollamaUrl: machineOptions.ollamaUrl },
  (flags) =>
    Effect.gen(function* () {
      const screen = yield* Screen
      const configuration = yield* configurationFrom(environment, {
        unconfined: flags.unconfined,
        ollamaHost: Option.getOrUndefined(flags.ollamaUrl)
      })
      const findings = yield* diagnose(configuration).pipe(
        Effect.provide(Layer.merge(layerModels(configuration), layerSandbox(configuration)))
      )
      if (flags.json) yield* screen.json(findings)
      else {
        const width = Math.max(...findings.map(({ name }) => name.length))
        for (const { name, works, isNeeded, detail, advice } of findings) {
          const mark = works
            ? screen.paint("green", "ok     ")
            : isNeeded
              ? screen.paint("red", "missing")
              : screen.paint("dim", "not set")
          yield* screen.print(`${mark}  ${name.padEnd(width)}  ${detail}`)
          if (advice !== null) yield* screen.print(`${" ".repeat(9 + width + 2)}${advice}`)
        }
      }
      if (findings.some(({ works, isNeeded }) => isNeeded && !works)) {
        return yield* Effect.fail(new Concluded(exitStatus.notAll))
      }
    })
)

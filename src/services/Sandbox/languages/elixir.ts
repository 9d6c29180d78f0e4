import { languages } from "../../../domain/language.ts"
import { installedDriver } from "../installedDriver.ts"
import { beamFlags, beamMemory, beamOutOfMemory } from "./erlang.ts"

const { fileName } = languages.elixir
const parse = `Code.string_to_quoted!(File.read!("${fileName}"), file: "${fileName}")`

export const elixir = installedDriver({
  language: "elixir",
  names: ["elixir"],
  versionArgs: ["--version"],
  versionLine: /^Elixir /,
  advice: "there is no elixir; install it (Debian and Ubuntu: apt-get install elixir)",
  recipe: ({ path }) => ({
    runs: "command",
    fileName,
    compile: [path, "-e", parse],
    run: [path, fileName]
  }),
  environment: { ERL_FLAGS: beamFlags, ERL_CRASH_DUMP_BYTES: "0" },
  memory: beamMemory,
  outOfMemory: beamOutOfMemory
})

import type { Toolchain } from "./driver.ts"

/** The tool chain as a source needs it: linked with the libraries of which it includes headers. */
export const linked = (toolchain: Toolchain, source: string): Toolchain => {
  const { recipe } = toolchain
  if (recipe.runs !== "native" || recipe.libraries === undefined) return toolchain
  const flags = Object.entries(recipe.libraries).flatMap(([folder, flag]) =>
    new RegExp(`^[ \\t]*#[ \\t]*include[ \\t]*[<"]${folder}/`, "m").test(source) ? [flag] : []
  )
  // The very same one where nothing is added: sandboxes wait for it.
  if (flags.length === 0) return toolchain
  return { ...toolchain, recipe: { ...recipe, compile: [...recipe.compile, ...flags] } }
}

import { createRequire } from "node:module"

const read = createRequire(import.meta.url)

// Found by the package's own name, so that it is the same file from `src` and from `dist`.
export const version: string = (read("seidr/package.json") as { readonly version: string }).version

// Compiles to dist/, copies what the compiler does not (the sandbox's files in other languages), and links the
// command into one file: Node.js takes over half a second to find and read the 1,500 files that it is made of.
import { execFileSync } from "node:child_process"
import { chmodSync, cpSync, readdirSync, readFileSync } from "node:fs"
import { createRequire } from "node:module"
import { dirname, join, relative } from "node:path"
import { build } from "esbuild"

const tsc = join(dirname(createRequire(import.meta.url).resolve("typescript/package.json")), "bin", "tsc")
try {
  execFileSync(process.execPath, [tsc, "-p", "tsconfig.build.json"], { stdio: "inherit" })
} catch {
  console.error("build: the compiler found errors, see above")
  process.exit(1)
}
for (const entry of readdirSync("src", { recursive: true, withFileTypes: true })) {
  if (!entry.isFile() || !/\.(?:py|java|c|cjs)$/.test(entry.name)) continue
  const from = join(entry.parentPath, entry.name)
  cpSync(from, join("dist", from))
}
const command = "dist/seidr.js"

/** Our own files find what lies beside them by their address, which is the linked file's no more. */
const addresses = {
  name: "addresses",
  setup: ({ onLoad }) =>
    onLoad({ filter: /dist[\\/]src[\\/].*\.js$/ }, ({ path }) => {
      const own = relative(dirname(command), path).replaceAll("\\", "/")
      const contents = readFileSync(path, "utf8")
      const address = `new URL(${JSON.stringify(own)}, import.meta.url).href`
      return { contents: contents.replaceAll("import.meta.url", address), loader: "js" }
    })
}

/** What draws figures is as large as all the rest, and only reports need it: it stays in a file of its own. */
const figures = { from: "dist/src/programs/report/draw.js", to: "dist/seidr-figures.js" }
const apart = {
  name: "apart",
  setup: ({ onResolve }) =>
    onResolve({ filter: /\/draw\.js$/ }, ({ kind, importer, path }) =>
      kind === "dynamic-import" && join(dirname(importer), path) === join(process.cwd(), figures.from)
        ? { path: `./${relative(dirname(command), figures.to)}`, external: true }
        : undefined
    )
}

const linked = {
  bundle: true,
  platform: "node",
  format: "esm",
  target: "node20",
  // What is compiled for a machine stays where it was installed; the watcher is optional, and nothing here uses it.
  external: ["better-sqlite3", "msgpackr-extract", "@parcel/watcher"],
  // Packages in the older form ask for Node's own modules by `require`.
  banner: {
    js: 'import { createRequire as requireOf } from "node:module"; const require = requireOf(import.meta.url);'
  },
  legalComments: "linked",
  logLevel: "warning",
  logOverride: { "indirect-require": "silent" }
}
await build({
  ...linked,
  entryPoints: ["dist/src/programs/main.js"],
  outfile: command,
  plugins: [addresses, apart]
})
await build({ ...linked, entryPoints: [figures.from], outfile: figures.to, minify: true })
chmodSync(command, 0o755)

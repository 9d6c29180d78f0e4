// Completes package-lock.json with the binaries of other platforms.
//
// A registry mirror may carry only its own platform's binaries; npm then leaves the others out of the lock file, and `npm ci`
// refuses the file everywhere ("Missing: @rollup/rollup-darwin-arm64@ from lock file"). Each of them has the exact version that
// its parent asks for, so it can be written down without asking; the integrity is left for the registry to say.
//
//   npm install --package-lock-only && node scripts/complete-lock.mjs
import { readFileSync, writeFileSync } from "node:fs"

const file = "package-lock.json"
const systems = [
  "android",
  "darwin",
  "linux",
  "win32",
  "freebsd",
  "openbsd",
  "netbsd",
  "sunos",
  "aix",
  "openharmony"
]
const processors = [
  "arm64",
  "x64",
  "arm",
  "ia32",
  "riscv64",
  "ppc64",
  "s390x",
  "loong64",
  "mips64el",
  "wasm32"
]

const lock = JSON.parse(readFileSync(file, "utf8"))
const { packages } = lock
let added = 0
for (const [path, { optionalDependencies = {}, dev }] of Object.entries(packages)) {
  if (path === "") continue
  for (const [name, version] of Object.entries(optionalDependencies)) {
    if (`node_modules/${name}` in packages || `${path}/node_modules/${name}` in packages) continue
    if (!/^\d+\.\d+\.\d+$/.test(version))
      throw new Error(`${path} asks for ${name}@${version}, which is not one version`)
    packages[`node_modules/${name}`] = entryOf(name, version, dev)
    added += 1
  }
}
lock.packages = Object.fromEntries(
  Object.entries(packages).sort(([left], [right]) => left.localeCompare(right, "en"))
)
writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`)
console.log(`${added} packages of other platforms added`)

/** Where a binary runs is in its name: `rollup-linux-arm64-musl`. */
function entryOf(name, version, dev) {
  const words = name.split("/").at(-1).split("-")
  const os = systems.filter((system) => words.includes(system))
  const cpu = processors.filter((processor) => words.includes(processor))
  const library = words.find((word) => /^(gnu|musl)(eabihf)?$/.test(word))
  return {
    version,
    ...(cpu.length > 0 ? { cpu } : {}),
    ...(dev ? { dev } : {}),
    ...(os.includes("linux") && library !== undefined
      ? { libc: [library.startsWith("musl") ? "musl" : "glibc"] }
      : {}),
    optional: true,
    ...(os.length > 0 ? { os } : {})
  }
}

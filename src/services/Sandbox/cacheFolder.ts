import { homedir } from "node:os"
import { delimiter, isAbsolute, join, resolve } from "node:path"
import type { Environment } from "./host.ts"

/** Where users keep what can be made again, below their home. */
export const usualCaches = process.platform === "darwin" ? "Library/Caches" : ".cache"

/** Where things that are made once for a user's tool chains are kept: a folder of their cache. */
export const cacheFolder = (environment: Environment): string => {
  const home = environment["XDG_CACHE_HOME"] ?? ""
  // The XDG specification has relative paths ignored.
  return join(isAbsolute(home) ? home : join(homedir(), usualCaches), "seidr")
}

/** Whether programs could be shown a folder at its own path: they have these for themselves. */
export const canBeShown = (folder: string): boolean =>
  !["/tmp/", "/dev/", "/proc/"].some((own) => `${resolve(folder)}/`.startsWith(own))

/** Whether a path can stand in a list of paths. */
export const canBeListed = (path: string): boolean => !path.includes(delimiter)

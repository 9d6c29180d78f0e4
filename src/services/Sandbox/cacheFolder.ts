import { homedir } from "node:os"
import { join, resolve } from "node:path"
import type { Environment } from "./host.ts"

/** Where things that are made once for a user's tool chains are kept: a folder of their cache. */
export const cacheFolder = (environment: Environment): string =>
  join(environment["XDG_CACHE_HOME"] || join(homedir(), ".cache"), "seidr")

/** Whether programs could be shown a folder at its own path: they have a /tmp of their own. */
export const canBeShown = (folder: string): boolean => !`${resolve(folder)}/`.startsWith("/tmp/")

import { hostileTrials } from "./hostile-trials.ts"
import { limitTrials } from "./limit-trials.ts"
import { plainTrials } from "./plain-trials.ts"
import type { Trial } from "./trial.ts"

export const trials: ReadonlyArray<Trial> = [...plainTrials, ...limitTrials, ...hostileTrials]

import { hostileTrials } from "./hostileTrials.ts"
import { limitTrials } from "./limitTrials.ts"
import { plainTrials } from "./plainTrials.ts"
import type { Trial } from "./trial.ts"

export const trials: ReadonlyArray<Trial> = [...plainTrials, ...limitTrials, ...hostileTrials]

const official = "https://api.wandb.ai"

/** Where a run is. */
export interface RunPlace {
  /** The server's address, if it is not the official one; it may hold a password. */
  readonly server: string | undefined
  /** The user or team. */
  readonly entity: string
  readonly project: string
  readonly run: string
}

/** The page of a run at Weights & Biases: the official server answers at one host and shows at another. */
export const addressOf = ({ entity, project, run, server = official }: RunPlace): string => {
  const plain = server
    .replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/]*@/i, "$1")
    .replace(/[?#].*$/s, "")
    .replace(/\/+$/, "")
  const shown = plain === official ? "https://wandb.ai" : plain
  return [shown, entity, project, "runs", run]
    .map((part, place) => (place === 0 ? part : encodeURIComponent(part)))
    .join("/")
}

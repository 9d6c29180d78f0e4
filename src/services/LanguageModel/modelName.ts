/** A model as users name it: `family:name`, or the family alone, perhaps with settings after a question mark. */
export interface ModelName {
  readonly family: string
  /** What follows the first colon; empty where there is none. */
  readonly name: string
}

export const parseModelName = (model: string): ModelName => {
  const family = /^[^:?]*/.exec(model)![0]
  return { family, name: model[family.length] === ":" ? model.slice(family.length + 1) : "" }
}

import { Context, type Effect, Schema } from "effect"
import type { Usage } from "../domain/completion.ts"
import type { Ref } from "../domain/events.ts"
import { InstructionId, NodeId } from "../domain/ids.ts"
import type { Language } from "../domain/language.ts"
import type { Problem } from "../domain/problem.ts"
import type { ModelRequest, Role } from "../domain/request.ts"
import type { RoleModel } from "../domain/settings.ts"
import type { Taped } from "../domain/tape/taped.ts"

/** What a model is used for. */
export interface ModelUse {
  readonly role: Role
  readonly language: Language
  readonly problem: Problem
}

/** One request to a model, with what an adapter needs to place it. */
export interface ModelCall {
  readonly request: ModelRequest
  /** `H(node, role, ordinal)`: names the place in the tree, the same in every run with the same tree. */
  readonly callKey: string
  /** Which attempt at this call this is: 1 for the first. */
  readonly attempt: number
  /** `H(run, call key)`: sent as `Idempotency-Key`, the same for every attempt. */
  readonly idempotencyKey: string
  /** The run's seed, for models that can be seeded. */
  readonly seed: number
  /** Where in which search the call is made: a model that answers from recordings goes by it. */
  readonly asker: Pick<ModelUse, "language" | "problem"> & {
    readonly place: NodeId | InstructionId
    /** The program that is explained or repaired; null for none. */
    readonly program: Ref | null
  }
}

/** A model's answer, whole. */
export interface ModelAnswer {
  readonly text: string
  readonly usage: Usage | undefined
  /** Why the model stopped, in the words of its server: `stop`, `length`, `content_filter`, `context_length` … */
  readonly finishReason: string
  /** The model that the server says it used. */
  readonly servedBy?: string
  /** How a tape came to it. */
  readonly tape?: Taped
}

/** The endpoint does not serve now: refused, timed out, overloaded. Worth another attempt. */
export class ModelUnavailable extends Schema.TaggedError<ModelUnavailable>()("ModelUnavailable", {
  model: Schema.String,
  endpoint: Schema.String,
  reason: Schema.String,
  /** How long the endpoint asks to be left alone. */
  retryAfterMs: Schema.optionalWith(Schema.NonNegative, { exact: true })
}) {
  override get message(): string {
    return `${this.model}: ${this.endpoint} is not available: ${this.reason}`
  }
}

/** The endpoint will not serve this, however often it is asked: wrong key, no such model, not a model's endpoint. */
export class ModelRefused extends Schema.TaggedError<ModelRefused>()("ModelRefused", {
  model: Schema.String,
  endpoint: Schema.String,
  reason: Schema.String,
  /** What the user can do about it. */
  advice: Schema.String
}) {
  override get message(): string {
    return `${this.model}: ${this.endpoint} refused: ${this.reason}. ${this.advice}`
  }
}

/** The name or its settings are wrong on this side, so that nothing was sent: status 2. */
export class ModelMisconfigured extends Schema.TaggedError<ModelMisconfigured>()("ModelMisconfigured", {
  model: Schema.String,
  reason: Schema.String,
  advice: Schema.String
}) {
  override get message(): string {
    return `model ${JSON.stringify(this.model)}: ${this.reason}. ${this.advice}`
  }
}

/** A tape holds no answer to this, and was not told what else to do. */
export class NotOnTape extends Schema.TaggedError<NotOnTape>()("NotOnTape", {
  model: Schema.String,
  place: Schema.Union(NodeId, InstructionId),
  role: Schema.String,
  reason: Schema.String
}) {
  override get message(): string {
    return `${this.model} has no answer for ${this.place} (${this.role}): ${this.reason}`
  }
}

export type ModelError = ModelUnavailable | ModelRefused | ModelMisconfigured | NotOnTape

/** One family of models, behind its prefix: `openai:`, `ollama:`, `simulated`. */
export interface ModelAdapter {
  /** Asks once: no retries in here, since they would not be in the log. Interruption closes the connection. */
  readonly complete: (call: ModelCall) => Effect.Effect<ModelAnswer, ModelError>
  /** Whether the endpoint answers and knows the model, which can write `language`; costs no tokens. */
  readonly check: (model: string, language?: Language, problem?: Problem) => Effect.Effect<void, ModelError>
  /** How many samples the published experiments asked for in one request: it shapes their temperatures. */
  readonly batch: number
  /** What stands in a run's settings for a name that users may shorten; without it the name itself, and `batch`. */
  readonly roleModel?: (model: string, use: ModelUse) => Effect.Effect<RoleModel, ModelError>
  /** A model of the family, `gpt-4o-mini`: there where the prefix alone names none. */
  readonly exampleName?: string
}

/** Answers requests by the model that they name. */
export class LanguageModel extends Context.Tag("seidr/LanguageModel")<
  LanguageModel,
  {
    readonly complete: (call: ModelCall) => Effect.Effect<ModelAnswer, ModelError>
    readonly check: (model: string, language?: Language, problem?: Problem) => Effect.Effect<void, ModelError>
    /** What a run's settings say of a model that a user names; fails for a name that no adapter serves. */
    readonly roleModel: (model: string, use: ModelUse) => Effect.Effect<RoleModel, ModelError>
  }
>() {}

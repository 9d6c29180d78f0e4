type Environment = Readonly<Record<string, string | undefined>>

/** Another repository than the one that is named, and traces with the keys of a conversation in them. */
const misleading =
  /^GIT_(?:TRACE|CURL_VERBOSE|ALTERNATE_OBJECT_DIRECTORIES$|OBJECT_DIRECTORY$|DIR$|WORK_TREE$|COMMON_DIR$|INDEX_FILE$|GRAFT_FILE$|SHALLOW_FILE$|NAMESPACE$|PREFIX$|REPLACE_REF_BASE$|CONFIG$)/

/**
 * Settings that hold whatever the user's are: nothing of a repository is run, nothing is tidied up on the way, and who is silent
 * for five minutes is not there.
 */
const always: ReadonlyArray<readonly [string, string]> = [
  ["core.hooksPath", "/dev/null"],
  ["gc.auto", "0"],
  ["maintenance.auto", "false"],
  ["push.recurseSubmodules", "no"],
  ["fetch.recurseSubmodules", "no"],
  ["protocol.ext.allow", "never"],
  ["http.lowSpeedLimit", "1"],
  ["http.lowSpeedTime", "300"],
  ["i18n.logOutputEncoding", "UTF-8"]
]

/**
 * The user's environment as git gets it, with further settings. It is the user's own git, which finds the user's keys and
 * helpers; but it never asks, since nobody would answer.
 */
export const gitEnvironment = (
  environment: Environment,
  settings: ReadonlyArray<readonly [string, string]>
): Environment => {
  const own = Object.fromEntries(Object.entries(environment).filter(([name]) => !misleading.test(name)))
  const given = /^\d{1,6}$/.test(own["GIT_CONFIG_COUNT"] ?? "") ? Number(own["GIT_CONFIG_COUNT"]) : 0
  const all = [...always, ...settings]
  const numbered = all.flatMap(([key, value], index) => [
    [`GIT_CONFIG_KEY_${given + index}`, key],
    [`GIT_CONFIG_VALUE_${given + index}`, value]
  ])
  return {
    ...own,
    ...Object.fromEntries(numbered),
    GIT_CONFIG_COUNT: String(given + all.length),
    GIT_TERMINAL_PROMPT: "0",
    GIT_ASKPASS: "true",
    SSH_ASKPASS: "true",
    SSH_ASKPASS_REQUIRE: "force",
    GCM_INTERACTIVE: "never",
    LC_ALL: "C"
  }
}

type Environment = Readonly<Record<string, string | undefined>>

const keyLike = /KEY|TOKEN|SECRET|PASS(WORD|WD|PHRASE)?$|PASSWORD|CREDENTIAL|AUTH|^OPENAI_/i
/** An address with a user's name or password in it. */
const withUser = /:\/\/[^/\s]*@/

/** The user's environment as a critic gets it: without what looks like a key. */
export const withoutKeys = (environment: Environment): Environment =>
  Object.fromEntries(
    Object.entries(environment).filter(([name, value]) => !keyLike.test(name) && !withUser.test(value ?? ""))
  )

import { languages } from "../../../domain/language.ts"
import { dataMemory, installedDriver } from "../installedDriver.ts"

const { fileName } = languages.clojure

export const clojure = installedDriver({
  language: "clojure",
  names: ["clojure"],
  versionArgs: ["-e", '(println "Clojure" (clojure-version))'],
  advice: "there is no clojure; install it (Debian and Ubuntu: apt-get install clojure)",
  recipe: ({ path }) => ({
    runs: "command",
    fileName,
    // Its command passes no options on. Java names these on standard error, whence they are taken out again.
    run: [
      "/usr/bin/env",
      "JDK_JAVA_OPTIONS=-Xmx{memoryMB}m -XX:+UseSerialGC -XX:-UsePerfData -XX:TieredStopAtLevel=1",
      path,
      fileName
    ]
  }),
  readable: () => ["/etc/java-17-openjdk", "/etc/java-21-openjdk"],
  processes: 256,
  memory: dataMemory(1_024, 192),
  outOfMemory: /OutOfMemoryError/
})

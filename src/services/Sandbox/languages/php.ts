import { languages } from "../../../domain/language.ts"
import { dataMemory, installedDriver } from "../installedDriver.ts"

const { fileName } = languages.php

export const php = installedDriver({
  language: "php",
  names: ["php"],
  versionArgs: ["--version"],
  advice: "there is no php; install it (Debian and Ubuntu: apt-get install php-cli)",
  recipe: ({ path }) => ({
    runs: "command",
    fileName,
    compile: [path, "-d", "display_errors=stderr", "-l", fileName],
    run: [
      path,
      "-d",
      "memory_limit={memoryMB}M",
      "-d",
      "display_errors=stderr",
      "-d",
      "html_errors=0",
      "-d",
      "log_errors=0",
      fileName
    ]
  }),
  // Where Debian names the extensions that are loaded.
  readable: () => ["/etc/php"],
  memory: dataMemory(128, 24),
  outOfMemory: /Allowed memory size of \d+ bytes exhausted|Out of memory/
})

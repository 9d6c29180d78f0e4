import { Schema } from "effect"

/** The languages that programs can be written in. */
export const Language = Schema.Literal(
  "python",
  "cpp",
  "c",
  "java",
  "javascript",
  "typescript",
  "go",
  "rust",
  "ruby",
  "php",
  "haskell",
  "scala",
  "kotlin",
  "csharp",
  "swift",
  "d",
  "julia",
  "clojure",
  "elixir",
  "erlang"
)
export type Language = typeof Language.Type

/** Those that the built-in tasks and the simulated model know. */
export const TaskLanguage = Language.pipe(Schema.pickLiteral("python", "cpp"))
export type TaskLanguage = typeof TaskLanguage.Type

interface LanguageFacts {
  /** The name that people, models and prompts use. */
  readonly title: string
  /** Spellings on the command line and in tables, in lower case. */
  readonly aliases: ReadonlyArray<string>
  /** Further tags that models put on a fenced block of this language, in lower case. */
  readonly fenceTags: ReadonlyArray<string>
  /** The name of a file that holds a program. */
  readonly fileName: string
  readonly lineComment: string
  /**
   * The language whose looks tell its bare code from prose. Without one, a program is taken from a fenced block or
   * between tags only.
   */
  readonly looksLike: TaskLanguage | undefined
  /** The first lines that a program may begin with: what is usually imported. Empty where nothing has to be. */
  readonly start: string
}

export const languages: Readonly<Record<Language, LanguageFacts>> = {
  python: {
    title: "Python",
    aliases: ["python", "py", "python3"],
    fenceTags: ["py3", "python 3", "pycon", "ipython"],
    fileName: "program.py",
    lineComment: "#",
    looksLike: "python",
    start: "import sys\nimport math\n"
  },
  cpp: {
    title: "C++",
    aliases: ["cpp", "c++", "cxx"],
    fenceTags: ["cc", "hpp", "c", "c++11", "c++14", "c++17", "c++20", "cpp17", "cpp20"],
    fileName: "program.cpp",
    lineComment: "//",
    looksLike: "cpp",
    start: "#include <bits/stdc++.h>\nusing namespace std;\n"
  },
  c: {
    title: "C",
    aliases: ["c", "c17"],
    fenceTags: ["h", "c11", "c99", "ansi c"],
    fileName: "program.c",
    lineComment: "//",
    looksLike: "cpp",
    start: "#include <stdio.h>\n#include <stdlib.h>\n#include <string.h>\n"
  },
  java: {
    title: "Java",
    aliases: ["java"],
    fenceTags: ["java8", "java11", "java17", "java21"],
    fileName: "Program.java",
    lineComment: "//",
    looksLike: "cpp",
    start: "import java.util.*;\n\npublic class Main {\n    public static void main(String[] args) {\n"
  },
  javascript: {
    title: "JavaScript",
    aliases: ["javascript", "js", "node"],
    fenceTags: ["nodejs", "node.js", "mjs", "cjs", "ecmascript", "es6"],
    fileName: "program.js",
    lineComment: "//",
    looksLike: undefined,
    start: 'const lines = require("fs").readFileSync(0, "utf8").split("\\n");\n'
  },
  typescript: {
    title: "TypeScript",
    aliases: ["typescript", "ts"],
    fenceTags: ["mts", "cts", "deno"],
    fileName: "program.ts",
    lineComment: "//",
    looksLike: undefined,
    start: 'import { readFileSync } from "node:fs";\n'
  },
  go: {
    title: "Go",
    aliases: ["go", "golang"],
    fenceTags: [],
    fileName: "program.go",
    lineComment: "//",
    looksLike: undefined,
    start: 'package main\n\nimport (\n\t"bufio"\n\t"fmt"\n\t"os"\n)\n'
  },
  rust: {
    title: "Rust",
    aliases: ["rust", "rs"],
    fenceTags: ["rust2021", "rust2018"],
    fileName: "program.rs",
    lineComment: "//",
    looksLike: undefined,
    start: "use std::io::{self, BufRead, Read};\n"
  },
  ruby: {
    title: "Ruby",
    aliases: ["ruby", "rb"],
    fenceTags: ["irb"],
    fileName: "program.rb",
    lineComment: "#",
    looksLike: undefined,
    start: ""
  },
  php: {
    title: "PHP",
    aliases: ["php"],
    fenceTags: ["php8", "php7"],
    fileName: "program.php",
    lineComment: "//",
    looksLike: undefined,
    start: "<?php\n"
  },
  haskell: {
    title: "Haskell",
    aliases: ["haskell", "hs"],
    fenceTags: ["ghc"],
    fileName: "program.hs",
    lineComment: "--",
    looksLike: undefined,
    start: "module Main where\n"
  },
  scala: {
    title: "Scala",
    aliases: ["scala"],
    fenceTags: ["scala3", "scala2", "sc"],
    fileName: "program.scala",
    lineComment: "//",
    looksLike: undefined,
    start: "import scala.io.StdIn\n"
  },
  kotlin: {
    title: "Kotlin",
    aliases: ["kotlin", "kt"],
    fenceTags: ["kts"],
    fileName: "program.kt",
    lineComment: "//",
    looksLike: undefined,
    start: "import java.util.*\n"
  },
  csharp: {
    title: "C#",
    aliases: ["csharp", "c#", "cs"],
    fenceTags: ["dotnet", "c-sharp"],
    fileName: "Program.cs",
    lineComment: "//",
    looksLike: undefined,
    start: "using System;\nusing System.Collections.Generic;\nusing System.Linq;\n"
  },
  swift: {
    title: "Swift",
    aliases: ["swift"],
    fenceTags: ["swift5"],
    fileName: "program.swift",
    lineComment: "//",
    looksLike: undefined,
    start: "import Foundation\n"
  },
  d: {
    title: "D",
    aliases: ["d", "dlang"],
    fenceTags: ["d2"],
    fileName: "program.d",
    lineComment: "//",
    looksLike: undefined,
    start: "import std.stdio;\nimport std.string;\n"
  },
  julia: {
    title: "Julia",
    aliases: ["julia", "jl"],
    fenceTags: [],
    fileName: "program.jl",
    lineComment: "#",
    looksLike: undefined,
    start: ""
  },
  clojure: {
    title: "Clojure",
    aliases: ["clojure", "clj"],
    fenceTags: ["cljc", "lisp"],
    fileName: "program.clj",
    lineComment: ";",
    looksLike: undefined,
    start: "(require '[clojure.string :as str])\n"
  },
  elixir: {
    title: "Elixir",
    aliases: ["elixir", "exs", "ex"],
    fenceTags: ["iex"],
    fileName: "program.exs",
    lineComment: "#",
    looksLike: undefined,
    start: ""
  },
  erlang: {
    title: "Erlang",
    aliases: ["erlang", "erl"],
    fenceTags: ["escript"],
    fileName: "program.erl",
    lineComment: "%",
    looksLike: undefined,
    start: "-module(program).\n-export([main/1]).\n"
  }
}

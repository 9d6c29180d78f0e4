import { Language } from "../../../src/domain/language.ts"

/** A small right file, to be spoiled. */
export const small = "name: sum\ndescription: Add.\nexamples:\n  - {input: 1 2, output: 3}\n"

const lines = (...texts: ReadonlyArray<string>) => `${texts.length} faults\n  ${texts.join("\n  ")}`

/** Files that are refused, and the reason that is given. */
export const badProblemFiles: ReadonlyArray<
  readonly [what: string, name: string, content: string, reason: string]
> = [
  ["an empty file", "p.yaml", "", "line 1: the file is empty"],
  ["only a comment", "p.yaml", "# nothing\n", "line 1: the file is empty"],
  ["an empty JSON file", "p.json", " \n", "line 2: the file is empty (column 1)"],
  [
    "no mapping",
    "p.yaml",
    "- a\n",
    "line 1: the file is a list, expected a mapping with name, description and examples"
  ],
  [
    "an empty list",
    "p.json",
    "[]",
    "line 1: the file is an empty list, expected a mapping with name, description and examples"
  ],
  [
    "a case that is a list",
    "p.yaml",
    `${small}  - []\n`,
    "line 5: examples[1] is an empty list, expected a case: a mapping with input and output"
  ],
  [
    "no YAML",
    "p.yaml",
    "name: a\ndescription: b: c\n",
    "line 2: this is not YAML: Nested mappings are not allowed in compact mappings (column 14)"
  ],
  [
    "no JSON",
    "p.json",
    '{"name": "a",\n "examples": [1 2]}',
    'line 2: this is not JSON: expected , or ], found "2" (column 17)'
  ],
  ["a case without output", "p.yaml", `${small}  - input: 5\n`, "line 5: examples[1] has no output"],
  ["no examples", "p.yaml", "name: a\ndescription: b\n", "line 1: the file has no examples"],
  [
    "an empty list of examples",
    "p.yaml",
    "name: a\ndescription: b\nexamples: []\n",
    "line 3: examples is an empty list, expected a list with at least one case"
  ],
  [
    "a misspelt field",
    "p.yaml",
    `${small}hiden: []\n`,
    'line 5: the file has a field "hiden", which is not known; did you mean hidden?'
  ],
  [
    "a foreign field",
    "p.yaml",
    `${small}author: me\n`,
    'line 5: the file has a field "author", which is not known; there are name, description, language, examples, validation, hidden, comparison'
  ],
  [
    "an input that is null",
    "p.yaml",
    `${small}  - {input: , output: 1}\n`,
    'line 5: examples[1].input is empty, expected a text ("" for an empty one) or a list of lines'
  ],
  [
    "a list in a list",
    "p.yaml",
    `${small}  - input: 1\n    output:\n      - a\n      - [b]\n`,
    "line 8: examples[1].output[1] is a list, expected a line: a text without line break, a number, true or false"
  ],
  [
    "a line of two lines",
    "p.json",
    '{"name":"a","description":"b","examples":[{"input":["1\\n2"],"output":""}]}',
    'line 1: examples[0].input[0] is the text "1\\n2", expected a line: a text without line break, a number, true or false'
  ],
  [
    "a name with a slash",
    "p.yaml",
    small.replace("sum", "../sum"),
    'line 1: name is the text "../sum", expected 1 to 100 printable characters without / and \\, not . or .., no space at either end'
  ],
  [
    "a name that drives a terminal",
    "p.json",
    '{"name":"\\u001b[2J\\u202e","description":"b","examples":[{"input":"","output":""}]}',
    'line 1: name is the text "\\u001b[2J\\u202e", expected 1 to 100 printable characters without / and \\, not . or .., no space at either end'
  ],
  [
    "half of a surrogate pair",
    "p.json",
    '{"name":"a","description":"b","examples":[{"input":"\\ud83d","output":""}]}',
    'line 1: examples[0].input is the text "\\ud83d", expected valid Unicode, not half of a surrogate pair'
  ],
  [
    "another language",
    "p.yaml",
    `${small}language: cobol\n`,
    `line 5: language is the text "cobol", expected one of ${Language.literals.join(", ")}`
  ],
  [
    "another comparison",
    "p.yaml",
    `${small}comparison: near\n`,
    'line 5: comparison is the text "near", expected exact, numeric, or a mapping with kind, absolute, relative, trailing'
  ],
  [
    "a negative tolerance",
    "p.yaml",
    `${small}comparison:\n  kind: numeric\n  absolute: -1\n`,
    "line 7: comparison.absolute is the number -1, expected a number, 0 or more"
  ],
  [
    "a tolerance without numbers",
    "p.yaml",
    `${small}comparison:\n  kind: exact\n  relative: 1e-3\n`,
    "line 7: comparison.relative is the number 1e-3, expected no tolerance, since kind is exact"
  ],
  [
    "a field given twice",
    "p.yaml",
    `${small}name: b\n`,
    'line 5: the field "name" is here again, after line 1'
  ],
  [
    "a field given twice in JSON",
    "p.json",
    '{"name": "a",\n"name": "b"}',
    'line 2: the field "name" is here again, after line 1 (column 1)'
  ],
  [
    "two documents",
    "p.yaml",
    `${small}---\n${small}`,
    "line 5: a second document begins here, and a problem file holds one (column 1)"
  ],
  [
    "a tag",
    "p.yaml",
    small.replace("sum", "!!python/object sum"),
    'line 1: the tag "tag:yaml.org,2002:python/object" is not understood; a text can be put in quotes'
  ],
  ["an unknown alias", "p.yaml", `${small}hidden: *x\n`, "line 5: the alias *x has no anchor before it"],
  [
    "an alias to itself",
    "p.yaml",
    `${small}hidden: &x [*x]\n`,
    "line 5: the alias *x has no anchor before it"
  ],
  [
    "an alias bomb",
    "p.yaml",
    `a: &a [${"x,".repeat(9)}]\n${Array.from("bcdefghij", (letter, index) => `${letter}: &${letter} [${`*${"abcdefghi"[index]},`.repeat(9)}]\n`).join("")}`,
    "line 5: aliases stand for more than 10000 values; write them out"
  ],
  ["deep YAML", "p.yaml", `${"- ".repeat(60)}x`, "line 1: values are nested more than 50 deep"],
  ["deep JSON", "p.json", "[".repeat(100_000), "line 1: values are nested more than 50 deep (column 52)"],
  [
    "many faults",
    "p.yaml",
    "nme: a\ndescription: 3\nexamples:\n  - foo\n  - inputs: 1\n    output: {a: 1}\n",
    lines(
      'line 1: the file has a field "nme", which is not known; did you mean name?',
      "line 1: the file has no name",
      "line 2: description is the number 3, expected a text that tells what the program has to do",
      'line 4: examples[0] is the text "foo", expected a case: a mapping with input and output',
      'line 5: examples[1] has a field "inputs", which is not known; did you mean input?',
      "line 5: examples[1] has no input",
      'line 6: examples[1].output is a mapping, expected a text ("" for an empty one) or a list of lines'
    )
  ]
]

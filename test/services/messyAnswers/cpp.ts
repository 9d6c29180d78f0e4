import { fenced, given, goesOn, noFiles, onlyOutput, type Row, wrong } from "./words.ts"

const main = ["#include <cstdio>", "#include <iostream>", "int main() {", "  int a, b;"]
export const cpp: ReadonlyArray<Row> = [
  [
    "prompts and labels",
    fenced(
      "cpp",
      ...main,
      '  std::cout << "Enter two numbers: ";',
      "  std::cin >> a >> b;",
      '  std::cout << "Sum: " << a + b << std::endl;',
      "}"
    ),
    "WrongAnswer",
    `${wrong(":\nEnter two numbers: Sum: 42")}${onlyOutput}`
  ],
  [
    "output without end at the end of the input",
    fenced(
      "cpp",
      ...main,
      "  while (true) {",
      "    std::cin >> a >> b;",
      '    std::cout << a + b << "\\n";',
      "  }",
      "}"
    ),
    "OutputLimit",
    `${given}it prints far too much and is stopped. Expected output:\n42\n${goesOn}`
  ],
  [
    "a file for its input",
    fenced(
      "cpp",
      ...main,
      '  if (!freopen("input.txt", "r", stdin)) { perror("input.txt"); return 1; }',
      "  std::cin >> a >> b;",
      "}"
    ),
    "RuntimeError",
    `${given}it fails with exit status 1:\ninput.txt: No such file or directory\n${noFiles}`
  ],
  [
    "a file for its input, whose absence it does not notice",
    fenced("cpp", ...main, '  freopen("input.txt", "r", stdin);', "  std::cin >> a >> b;", "}"),
    "WrongAnswer",
    `${wrong(" nothing.")}${noFiles}`
  ],
  [
    "a function and the main part in blocks of their own",
    `${fenced("cpp", "int add(int a, int b) {", "  return a + b;", "}")}\nand then\n${fenced("cpp", ...main, "  std::cin >> a >> b;", "  std::cout << add(a, b);", "}")}`,
    "Passed",
    /^/
  ],
  [
    "a function only",
    fenced("cpp", "int add(int a, int b) {", "  return a + b;", "}"),
    "CompileError",
    /undefined reference to `main'[\s\S]*\nThe program needs a main function\.\n$/
  ],
  [
    "the body of a function",
    fenced("cpp", "int a, b;", "cin >> a >> b;", "cout << a + b;"),
    "CompileError",
    /^It does not compile:\nprogram.cpp:2:1: error: .*cin/
  ],
  [
    "includes forgotten",
    fenced("cpp", "int main() {", "  cout << 42;", "}"),
    "CompileError",
    /error: .*cout/
  ],
  [
    "many errors, of which the first is told",
    fenced("cpp", ...main, "  first;", ...Array.from({ length: 30 }, (_, at) => `  unknown${at}();`), "}"),
    "CompileError",
    /^It does not compile:\nprogram.cpp: In function 'int main\(\)':\nprogram.cpp:5:\d+: error: .*first/
  ],
  [
    "a status that is not 0",
    fenced("cpp", ...main, "  std::cin >> a >> b;", "  std::cout << a + b;", "  return 1;", "}"),
    "RuntimeError",
    `${given}it fails with exit status 1.`
  ],
  [
    "a place far beyond its memory",
    fenced("cpp", ...main, "  volatile int *p = nullptr;", "  std::cin >> a >> b;", "  *p = a + b;", "}"),
    "RuntimeError",
    `${given}it is ended by SIGSEGV.`
  ]
]

import { cpp, expectPrograms, fence, py, text } from "./rows.ts"

expectPrograms("cpp", [
  { what: "a tagged fence", answer: `${fence}cpp\n${cpp}${fence}`, program: cpp },
  { what: "the tag C++", answer: `${fence}C++\n${cpp}${fence}`, program: cpp },
  { what: "the tag c++17", answer: `${fence}c++17\n${cpp}${fence}`, program: cpp },
  { what: "the tag c", answer: `${fence}c\n${cpp}${fence}`, program: cpp },
  { what: "an untagged fence", answer: `Here:\n\n${fence}\n${cpp}${fence}\nDone.`, program: cpp },
  {
    what: "a command to compile beside it",
    answer: `${fence}cpp\n${cpp}${fence}\n${fence}bash\ng++ -O2 a.cpp && ./a.out\n${fence}\n${fence}\n84\n${fence}`,
    program: cpp
  },
  {
    what: "a whole program after a longer fragment",
    answer: `${fence}cpp\n${"int twice(int n) { return 2 * n; }\n".repeat(20)}${fence}\n${fence}cpp\n${cpp}${fence}`,
    program: cpp
  },
  {
    what: "a whole untagged program beside a tagged fragment",
    answer: `${fence}cpp\ncout << n * 2;\n${fence}\nAll of it:\n${fence}\n${cpp}${fence}`,
    program: cpp
  },
  { what: "an unclosed fence", answer: `${fence}cpp\n${cpp}`, program: cpp },
  {
    what: "a program that was cut off",
    answer: `${fence}cpp\nint main() {\n    int n`,
    program: "int main() {\n    int n\n"
  },
  { what: "an answer that begins inside the block", answer: `${cpp}${fence}\nIt doubles.`, program: cpp },
  { what: "nothing but code", answer: cpp, program: cpp },
  {
    what: "code between prose",
    answer: `Here is the program (in C++):\n\n${cpp}\nExplanation:\n1. It reads a number.\n2. It prints it twice.`,
    program: cpp
  },
  {
    what: "a function alone",
    answer: text(
      "long long gcd(long long a, long long b) {",
      "    return b == 0 ? a : gcd(b, a % b);",
      "}",
      ""
    ),
    program: text(
      "long long gcd(long long a, long long b) {",
      "    return b == 0 ? a : gcd(b, a % b);",
      "}",
      ""
    )
  },
  { what: "tags of HTML", answer: `<code>\n${cpp}</code>`, program: cpp },
  { what: "tags in square brackets", answer: `[CODE]\n${cpp}[/CODE]`, program: cpp },
  {
    what: "a comment above the code and one of several lines in it",
    answer: text(
      "// doubles",
      "#include <cstdio>",
      "/*",
      "Reads a number and doubles it.",
      "*/",
      "int main() { return 0; }"
    ),
    program: text(
      "// doubles",
      "#include <cstdio>",
      "/*",
      "Reads a number and doubles it.",
      "*/",
      "int main() { return 0; }",
      ""
    )
  },
  { what: "Python alone", answer: `${fence}python\n${py}${fence}`, program: undefined },
  {
    what: "prose about code",
    answer: "The function main (see above) reads a number and doubles it.",
    program: undefined
  },
  { what: "a refusal", answer: "Sorry, I cannot do this.", program: undefined }
])

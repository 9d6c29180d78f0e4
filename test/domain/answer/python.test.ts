import { cpp, expectPrograms, fence, indented, py, pyUse, text } from "./rows.ts"

expectPrograms("python", [
  { what: "a tagged fence", answer: `${fence}python\n${py}${fence}`, program: py },
  {
    what: "prose around",
    answer: `Sure! Here it is:\n\n${fence}python\n${py}${fence}\n\nIt doubles.`,
    program: py
  },
  { what: "an untagged fence", answer: `Here:\n${fence}\n${py}${fence}`, program: py },
  { what: "the tag py", answer: `${fence}py\n${py}${fence}`, program: py },
  { what: "the tag Python3", answer: `${fence}Python3\n${py}${fence}`, program: py },
  { what: "a tag with a version", answer: `${fence}python 3\n${py}${fence}`, program: py },
  { what: "a tag with attributes", answer: `${fence}{.python .numberLines}\n${py}${fence}`, program: py },
  { what: "a tag with a file name", answer: `${fence}python title="main.py"\n${py}${fence}`, program: py },
  { what: "a tag with a prefix", answer: `${fence}language-python\n${py}${fence}`, program: py },
  {
    what: "a transcript without a fence",
    answer: ">>> n = int(input())\n>>> print(n * 2)\n6",
    program: "n = int(input())\nprint(n * 2)\n"
  },
  { what: "tildes", answer: `~~~python\n${py}~~~`, program: py },
  { what: "a longer fence", answer: `${fence}\`\`python\n${py}${fence}\`\``, program: py },
  { what: "an unclosed fence", answer: `Here:\n${fence}python\n${py}`, program: py },
  {
    what: "an unclosed fence with prose after it",
    answer: `${fence}python\n${py}\nThis program doubles the number that it reads.\n\n* It is short.`,
    program: py
  },
  { what: "an answer that begins inside the block", answer: `${py}${fence}\n\nThis doubles.`, program: py },
  {
    what: "a fence in a list",
    answer: `1. Write it:\n\n   ${fence}python\n${indented(py, "   ")}   ${fence}\n2. Run it.`,
    program: py
  },
  {
    what: "a fence after a list mark",
    answer: `- ${fence}python\n${indented(py, "  ")}  ${fence}`,
    program: py
  },
  {
    what: "a fence in a quotation",
    answer: text(
      "> " + fence + "python",
      "> def f(x):",
      "> ",
      ">     return x",
      "> print(f(1))",
      "> " + fence
    ),
    program: text("def f(x):", "", "    return x", "print(f(1))", "")
  },
  {
    what: "a fence that opens at the end of a sentence",
    answer: `Here is the code: ${fence}python\n${py}${fence}`,
    program: py
  },
  {
    what: "a fence that closes at the end of a line of code",
    answer: `${fence}python\nprint(int(input()) * 2)${fence}\nDone.`,
    program: "print(int(input()) * 2)\n"
  },
  {
    what: "code on the line of the fence",
    answer: `${fence}python import sys\nprint(sys.stdin.read())\n${fence}`,
    program: "import sys\nprint(sys.stdin.read())\n"
  },
  {
    what: "a block on one line",
    answer: `${fence}python print(input())${fence}`,
    program: "print(input())\n"
  },
  {
    what: "line ends of DOS",
    answer: `${fence}python\r\n${py.replaceAll("\n", "\r\n")}${fence}`,
    program: py
  },
  {
    what: "a program and then its use",
    answer: `${fence}python\n${py}${fence}\nUse it so:\n${fence}python\n${pyUse}${fence}`,
    program: py
  },
  {
    what: "a wrong program and then a right one",
    answer: `${fence}python\n${py.replace("2", "3")}${fence}\nWait, that is wrong.\n${fence}python\n${py}${fence}`,
    program: py
  },
  {
    what: "a wrong program and then a somewhat shorter right one",
    answer: `${fence}python\n# the first try\n${py}${fence}\nBetter:\n${fence}python\n${py}${fence}`,
    program: py
  },
  {
    what: "a long fragment with a bracket left open and then the whole program",
    answer: `${fence}python\n${py.repeat(3)}print(\n${fence}\nAll of it:\n${fence}python\n${py}${fence}`,
    program: py
  },
  {
    what: "a command and an output beside the program",
    answer: `${fence}bash\npip install x\n${fence}\n${fence}python\n${py}${fence}\n${fence}\n42\n${fence}`,
    program: py
  },
  {
    what: "another language beside the wanted one",
    answer: `${fence}cpp\n${cpp}${fence}\n${fence}python\nprint(1)\n${fence}`,
    program: "print(1)\n"
  },
  {
    what: "an unclosed block before another block",
    answer: `${fence}python\nprint(\n\n${fence}python\n${py}${fence}`,
    program: py
  },
  {
    what: "thoughts with a draft in them",
    answer: `<think>\nPerhaps\n${fence}python\nprint(0)\n${fence}\nno.\n</think>\n${fence}python\n${py}${fence}`,
    program: py
  },
  { what: "thoughts without an opening tag", answer: `I think so.\n</think>\n${py}`, program: py },
  {
    what: "nothing but thoughts, cut off",
    answer: `<think>\nLet me try\n${fence}python\n${py}${fence}\nand`,
    program: py
  },
  { what: "tags in square brackets", answer: `[PYTHON]\n${py}[/PYTHON]\nIt doubles.`, program: py },
  { what: "a tag of HTML", answer: `Here:\n<code>\n${py}</code>`, program: py },
  {
    what: "nested tags of HTML with escapes",
    answer: `<pre><code class="language-python">\nif 1 &lt; int(input()):\n    print(&quot;a&quot;)\n</code></pre>`,
    program: 'if 1 < int(input()):\n    print("a")\n'
  },
  { what: "nothing but code", answer: py, program: py },
  { what: "code between prose", answer: `Here is a program.\n\n${py}\nIt reads a number.\n`, program: py },
  {
    what: "code with a comment above it and a long string in it",
    answer: text(
      "Sure, take this:",
      "# doubles",
      "def f():",
      '    """',
      "Reads a number and doubles it.",
      '    """',
      "f()"
    ),
    program: text("# doubles", "def f():", '    """', "Reads a number and doubles it.", '    """', "f()", "")
  },
  {
    what: "a stop token and what a small model says after it",
    answer: `${py}<|im_end|>\n<|im_start|>user\nprint the next one\n`,
    program: py
  },
  { what: "an indented program", answer: `${fence}python\n${indented(py, "    ")}${fence}`, program: py },
  {
    what: "a transcript of the interpreter",
    answer: `${fence}pycon\n>>> n = 2\n>>> for i in range(n):\n...     print(i)\n...\n0\n1\n${fence}`,
    program: "n = 2\nfor i in range(n):\n    print(i)\n"
  },
  { what: "a NUL in the code", answer: `${fence}python\nprint("\0")\n${fence}`, program: 'print("\0")\n' },
  { what: "a mark of byte order", answer: `\uFEFFprint(input())`, program: "print(input())\n" },
  { what: "nothing", answer: "", program: undefined },
  { what: "blanks", answer: " \r\n\t\n", program: undefined },
  { what: "an empty block", answer: `${fence}python\n\n${fence}`, program: undefined },
  { what: "a refusal", answer: "I'm sorry, but I can't help with that.", program: undefined },
  {
    what: "prose in paragraphs",
    answer: "First, read the number.\n\nThen double it. Print it.",
    program: undefined
  },
  { what: "an output alone", answer: `It prints\n${fence}\n4 8 15\n${fence}`, program: undefined },
  { what: "another language alone", answer: `${fence}bash\nls -l\n${fence}`, program: undefined }
])

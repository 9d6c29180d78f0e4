import type { Language } from "../../../../src/domain/language.ts"

/** A program that reaches for what is not its own, or leaves something for the next case, and what each case prints. */
interface HostileTrial {
  readonly name: string
  readonly language: Language
  readonly source: string
  /** How the cases end that read the given inputs. */
  readonly inputs: ReadonlyArray<string>
  readonly endings: ReadonlyArray<RegExp>
}

const java = (body: string, more = ""): string => `import java.io.*;
import java.net.*;
import java.nio.file.*;
import java.util.*;
public class Main {
    static int calls = 0;
    ${more}
    public static void main(String[] args) throws Exception {
        String word = new BufferedReader(new InputStreamReader(System.in)).readLine();
        if (word.equals("benign")) { System.out.print("fine" + calls + System.getProperty("trap")); return; }
        ${body}
    }
}
`
const javascript = (body: string): string => `const fs = require("fs")
const word = fs.readFileSync(0, "utf8").trim()
if (word === "benign") process.stdout.write("fine")
else {
  ${body}
}
`
const deeper = "static int deeper(int n) { return n + deeper(n + 1); }"
const inputs = ["hostile", "benign"]
const after = /^Exited 0 fine(?:0null)?$/

export const hostileTrials: ReadonlyArray<HostileTrial> = [
  [
    "java",
    "leaves statics, properties and a closed output",
    /^Exited 0 $/,
    java('calls = 7; System.setProperty("trap", "x"); System.out.close(); System.setOut(null);')
  ],
  [
    "java",
    "leaves a thread",
    /^Exited 0 left$/,
    java(
      'System.out.print("left"); System.out.flush(); Thread u = new Thread(() -> { for (;;) try { Thread.sleep(1000); } catch (Exception e) {} }); u.setDaemon(true); u.start();'
    )
  ],
  ["java", "halts the JVM", /^Exited 0 $/, java("Runtime.getRuntime().halt(0);")],
  [
    "java",
    "says that it is done, then ends with another status",
    /^Exited 9 $/,
    java(
      'try (OutputStream out = new FileOutputStream("/dev/fd/4")) { out.write("nonsense\\n".getBytes()); } catch (IOException e) {} System.exit(9);'
    )
  ],
  ["java", "recurses without end", /^Exited 1 $/, java("System.exit(deeper(1));", deeper)],
  ["java", "prints without end", /^OutputLimit/, java('for (;;) System.out.println("again and again");')],
  ["java", "opens a connection", /^Exited 1 $/, java('new Socket("127.0.0.1", 22);')],
  ["java", "reads /etc/shadow", /^Exited 1 $/, java('Files.readString(Path.of("/etc/shadow"));')],
  ["java", "starts a process that stays", /^Exited 0 $/, java('new ProcessBuilder("sleep", "60").start();')],
  [
    "javascript",
    "recurses without end",
    /^Exited 1 $/,
    javascript("const f = (n) => 1 + f(n + 1)\n  console.log(f(0))")
  ],
  ["javascript", "prints without end", /^OutputLimit/, javascript('for (;;) console.log("again and again")')],
  ["javascript", "opens a connection", /^Exited 1 $/, javascript('require("net").connect(22, "127.0.0.1")')],
  ["javascript", "reads /etc/shadow", /^Exited 1 $/, javascript('fs.readFileSync("/etc/shadow")')],
  [
    "javascript",
    "leaves a process",
    /^Exited 0 $/,
    javascript(
      'require("child_process").spawn("sleep", ["60"], { detached: true, stdio: "inherit" }).unref()'
    )
  ],
  [
    "javascript",
    "kills process 1 and itself",
    /^Signaled SIGKILL $/,
    javascript("try { process.kill(1, 9) } catch {} process.kill(process.pid, 9)")
  ],
  [
    "javascript",
    "leaves files for the next case",
    /^Exited 0 $/,
    javascript(
      'for (const name of ["program.js", "fs.js", "package.json"]) fs.writeFileSync(name, "throw 1")'
    )
  ],
  [
    "javascript",
    "fills buffers outside of its heap",
    /^MemoryLimit/,
    javascript("const kept = []; for (;;) kept.push(Buffer.alloc(1 << 22, 1))")
  ]
].map(([language, name, ending, source]) => ({
  name: `${language} ${name}`,
  language: language as Language,
  source: source as string,
  inputs,
  endings: [ending as RegExp, after]
}))

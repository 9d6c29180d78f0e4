import { expect, layer as testLayer } from "@effect/vitest"
import { Effect } from "effect"
import { findExecutable } from "../../../src/services/Sandbox/host.ts"
import { layer } from "../../../src/services/Sandbox/layer.ts"
import { Sandbox } from "../../../src/services/Sandbox.ts"

const limits = { timeMs: 20_000, memoryBytes: 2 ** 28, outputBytes: 2 ** 20 }

/** What each has to print in every case, as in a JVM of its own. */
const programs: ReadonlyArray<readonly [name: string, printed: string, body: string]> = [
  [
    "a thread",
    "Thread[Thread-0,5,main]",
    `Thread thread = new Thread(() -> System.out.print(Thread.currentThread().toString().replaceAll("#[0-9]+,", "")));
     thread.start();
     thread.join();`
  ],
  [
    "the name of a thread of a pool",
    "pool-1-thread-1",
    `java.util.concurrent.ExecutorService pool = java.util.concurrent.Executors.newFixedThreadPool(1);
     pool.submit(() -> System.out.print(Thread.currentThread().getName())).get();
     pool.shutdown();`
  ],
  [
    "the greatest priority of threads, which it then lowers",
    "10",
    `ThreadGroup group = Thread.currentThread().getThreadGroup();
     while (group.getParent() != null) group = group.getParent();
     System.out.print(group.getMaxPriority());
     group.setMaxPriority(1);`
  ],
  [
    "what is registered in the JVM, where it then registers something",
    "false",
    `javax.management.ObjectName name = new javax.management.ObjectName("seidr:type=Case");
     javax.management.MBeanServer server = java.lang.management.ManagementFactory.getPlatformMBeanServer();
     System.out.print(server.isRegistered(name));
     server.createMBean("javax.management.timer.Timer", name);`
  ]
]

testLayer(layer({ unconfined: false, environment: process.env }))("a case of a Java program sees", (it) => {
  for (const [name, printed, body] of programs) {
    it.effect.skipIf(findExecutable("javac", process.env) === undefined)(name, () =>
      Effect.gen(function* () {
        const source = `public class Main { public static void main(String[] words) throws Exception {\n${body}\n} }`
        const { run } = yield* Sandbox
        const result = yield* run({ language: "java", source, inputs: ["", "", ""], limits })
        expect(
          result._tag === "Ran" ? result.executions.map(({ stdout }) => stdout) : result.diagnostics
        ).toEqual([printed, printed, printed])
      })
    )
  }
})

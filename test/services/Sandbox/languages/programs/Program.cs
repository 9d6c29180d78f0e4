using System;
using System.Collections.Generic;
using System.Linq;

class Anything {
    static void Main() {
        string word = Console.ReadLine();
        string rest = Console.In.ReadToEnd();
        switch (word) {
            case "echo": Console.Write(rest); break;
            case "add":
                Console.WriteLine(rest.Split(new[] { ' ', '\n' }, StringSplitOptions.RemoveEmptyEntries).Sum(long.Parse));
                break;
            case "exit": Environment.Exit(3); break;
            case "fail": Console.WriteLine(new List<int>()[1]); break;
            case "loop": for (;;) {}
            case "fill":
                var kept = new List<byte[]>();
                for (;;) {
                    var more = new byte[1 << 20];
                    for (int at = 0; at < more.Length; at += 4096) more[at] = 1;
                    kept.Add(more);
                }
        }
    }
}

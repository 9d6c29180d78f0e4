import core.stdc.stdlib : exit;
import std.algorithm, std.array, std.conv, std.stdio, std.string;

void main() {
    string word = readln().strip();
    switch (word) {
        case "echo":
            foreach (chunk; stdin.byChunk(4096)) stdout.rawWrite(chunk);
            break;
        case "add":
            writeln(stdin.byLineCopy.map!(line => line.split.map!(to!long).sum).sum);
            break;
        case "exit": exit(3); break;
        case "fail": throw new Exception("no");
        case "loop": while (word.length > 0) {} break;
        case "fill":
            ubyte[][] kept;
            while (true) {
                auto more = new ubyte[1 << 20];
                more[] = 1;
                kept ~= more;
            }
        default:
    }
}

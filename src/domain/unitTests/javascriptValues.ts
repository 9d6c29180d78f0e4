import { ours } from "./sides.ts"

/**
 * Both sides of calls in JavaScript: values are JSON in ASCII, of which an array is a tagged value. In one line, so that the
 * candidate keeps its line numbers.
 */
export const javascriptValues: string = `const ${ours} = (() => {
const { readSync, writeSync } = require("fs"), { Writable } = require("stream");
const quiet = new Writable({ write(piece, encoding, done) { done() } });
Object.defineProperty(process, "stdout", { value: quiet, configurable: true });
const quit = process.reallyExit.bind(process);
const put = (x) => {
  switch (typeof x) {
    case "string": case "boolean": return x;
    case "number": return Number.isFinite(x) && !Object.is(x, -0) ? x : ["number", Object.is(x, -0) ? "-0" : String(x)];
    case "undefined": return ["undefined"];
    case "bigint": return ["bigint", String(x)];
    case "object":
      if (x === null) return null;
      if (Array.isArray(x)) return ["array", Array.from(x, put)];
      if (x instanceof Map) return ["map", Array.from(x, ([key, value]) => [put(key), put(value)])];
      if (x instanceof Set) return ["set", Array.from(x, put)];
      if (x instanceof Number || x instanceof String || x instanceof Boolean) return put(x.valueOf());
      return ["object", Object.entries(x).map(([key, value]) => [key, put(value)])];
    default: throw new TypeError("a " + typeof x + " cannot be passed to or from a test");
  }
};
const get = (x) => {
  if (!Array.isArray(x)) { if (typeof x === "object" && x !== null) throw new TypeError("no value"); return x }
  const [tag, content] = x;
  switch (tag) {
    case "number": return Number(String(content));
    case "undefined": return undefined;
    case "bigint": return BigInt(String(content));
    case "array": return content.map((one) => get(one));
    case "map": return new Map(content.map(([key, value]) => [get(key), get(value)]));
    case "set": return new Set(content.map((one) => get(one)));
    case "object": {
      const all = {};
      for (const [key, value] of content)
        Object.defineProperty(all, String(key), { value: get(value), configurable: true, enumerable: true, writable: true });
      return all;
    }
    default: throw new TypeError("no value");
  }
};
const ascii = (text) => text.replace(/[\\u007f-\\uffff]/g, (one) => "\\\\u" + one.charCodeAt(0).toString(16).padStart(4, "0"));
const say = (text) => { const all = Buffer.from(text + "\\n", "latin1"); for (let at = 0; at < all.length;) at += writeSync(1, all, at) };
let rest = "";
const piece = Buffer.alloc(65536);
const hear = () => {
  for (;;) {
    const end = rest.indexOf("\\n");
    if (end >= 0) { const line = rest.slice(0, end); rest = rest.slice(end + 1); return line.slice(line.indexOf(" ") + 1) }
    const count = readSync(0, piece);
    if (count === 0) quit(0);
    rest += piece.latin1Slice(0, count);
  }
};
const ${ours}_serve = (called) => { say("ready"); for (;;) say("gave " + ascii(JSON.stringify(put(called(...get(JSON.parse(hear()))))))) };
const ask = (...given) => { say("call " + ascii(JSON.stringify(put(given)))); return get(JSON.parse(hear())) };
const fails = (text) => { say("fails " + Buffer.from(String(text), "utf8").toString("hex")); quit(0) };
const test = (run) => { try { run() } catch (error) { fails(error) } say("passed"); quit(0) };
return { serve: ${ours}_serve, ask, fails, test };
})()`.replaceAll("\n", " ")

import { ours } from "./sides.ts"

/** Both sides of calls in Java: values are words, each after a letter for its type. */
export const javaValues: string = `class $${ours}Line {
  private static java.io.InputStream heard;
  private static java.io.PrintStream said;
  private static java.lang.String[] words;
  private static int at;
  /** How many calls there have been. */
  static int calls;
  static void begin() {
    heard = new java.io.BufferedInputStream(java.lang.System.in);
    said = java.lang.System.out;
    java.lang.System.setIn(new java.io.ByteArrayInputStream(new byte[0]));
    java.lang.System.setOut(new java.io.PrintStream(java.io.OutputStream.nullOutputStream()));
  }
  static void say(java.lang.String line) { said.print(line + "\\n"); said.flush(); }
  static boolean hear() throws java.io.IOException {
    java.io.ByteArrayOutputStream line = new java.io.ByteArrayOutputStream();
    for (int one = heard.read(); one != 10; one = heard.read()) {
      if (one < 0) return false;
      line.write(one);
    }
    words = line.toString(java.nio.charset.StandardCharsets.ISO_8859_1).split(" ");
    at = 1;
    return true;
  }
  static java.lang.Object call(java.lang.Object... given) {
    java.lang.StringBuilder line = new java.lang.StringBuilder("call");
    for (java.lang.Object one : given) put(line, one);
    say(line.toString());
    calls++;
    try {
      if (!hear()) throw new java.lang.AssertionError("no answer");
    } catch (java.io.IOException broken) {
      throw new java.lang.AssertionError(broken);
    }
    java.lang.Object answer = get();
    if (at != words.length) throw new java.lang.AssertionError("no value");
    return answer;
  }
  static void fails(java.lang.String text, int call) { say("fails " + digits(text) + " " + call); }
  private static java.lang.String digits(java.lang.String text) {
    java.lang.StringBuilder all = new java.lang.StringBuilder();
    for (byte one : text.getBytes(java.nio.charset.StandardCharsets.UTF_8)) all.append(java.lang.String.format("%02x", one));
    return all.toString();
  }
  static void put(java.lang.StringBuilder out, java.lang.Object x) {
    if (x == null) out.append(" n");
    else if (x instanceof java.lang.Integer) out.append(" i").append(x);
    else if (x instanceof java.lang.Long) out.append(" l").append(x);
    else if (x instanceof java.lang.Short) out.append(" h").append(x);
    else if (x instanceof java.lang.Byte) out.append(" y").append(x);
    else if (x instanceof java.lang.Boolean) out.append(" b").append(x);
    else if (x instanceof java.lang.Double) out.append(" d").append(x);
    else if (x instanceof java.lang.Float) out.append(" f").append(x);
    else if (x instanceof java.lang.Character) out.append(" c").append((int) (java.lang.Character) x);
    else if (x instanceof java.math.BigInteger) out.append(" I").append(x);
    else if (x instanceof java.lang.String) {
      java.lang.String text = (java.lang.String) x;
      out.append(" u");
      for (int at = 0; at < text.length(); at++) out.append(java.lang.String.format("%04x", (int) text.charAt(at)));
    } else if (x instanceof java.util.Optional) {
      java.util.Optional<?> one = (java.util.Optional<?>) x;
      out.append(one.isPresent() ? " O" : " E");
      if (one.isPresent()) put(out, one.get());
    } else if (x instanceof java.util.Map) {
      java.util.Map<?, ?> all = (java.util.Map<?, ?>) x;
      out.append(" M").append(all.size());
      for (java.util.Map.Entry<?, ?> one : all.entrySet()) { put(out, one.getKey()); put(out, one.getValue()); }
    } else if (x instanceof java.util.Collection) {
      java.lang.Object[] all = ((java.util.Collection<?>) x).toArray();
      out.append(x instanceof java.util.Set ? " S" : " L").append(all.length);
      for (java.lang.Object one : all) put(out, one);
    } else if (x.getClass().isArray() && kinds.indexOf(x.getClass().getComponentType()) >= 0) {
      out.append(" A").append(kinds.indexOf(x.getClass().getComponentType())).append(" i").append(java.lang.reflect.Array.getLength(x));
      for (int at = 0; at < java.lang.reflect.Array.getLength(x); at++) put(out, java.lang.reflect.Array.get(x, at));
    } else throw new java.lang.AssertionError("an object of " + x.getClass().getName() + " cannot be passed to or from a test");
  }
  private static final java.util.List<java.lang.Class<?>> kinds = java.util.List.of(
    int.class, long.class, double.class, float.class, char.class, boolean.class, byte.class, short.class, java.lang.String.class, java.lang.Integer.class,
    java.lang.Object.class, int[].class, java.lang.String[].class);
  static java.lang.Object get() {
    java.lang.String word = words[at++], rest = word.substring(1);
    switch (word.charAt(0)) {
      case 'n': return null;
      case 'i': return java.lang.Integer.valueOf(rest);
      case 'l': return java.lang.Long.valueOf(rest);
      case 'h': return java.lang.Short.valueOf(rest);
      case 'y': return java.lang.Byte.valueOf(rest);
      case 'b': return java.lang.Boolean.valueOf(rest);
      case 'd': return java.lang.Double.valueOf(rest);
      case 'f': return java.lang.Float.valueOf(rest);
      case 'c': return (char) java.lang.Integer.parseInt(rest);
      case 'I': return new java.math.BigInteger(rest);
      case 'u': {
        java.lang.StringBuilder text = new java.lang.StringBuilder();
        for (int from = 0; from < rest.length(); from += 4) text.append((char) java.lang.Integer.parseInt(rest.substring(from, from + 4), 16));
        // A test may compare texts by what they are, not by what they say.
        return text.toString().intern();
      }
      case 'O': return java.util.Optional.of(get());
      case 'E': return java.util.Optional.empty();
      case 'M': {
        java.util.Map<java.lang.Object, java.lang.Object> all = new java.util.LinkedHashMap<>();
        for (int count = java.lang.Integer.parseInt(rest); count > 0; count--) { java.lang.Object key = get(); all.put(key, get()); }
        return all;
      }
      case 'L': case 'S': {
        java.util.Collection<java.lang.Object> all = word.charAt(0) == 'S' ? new java.util.LinkedHashSet<>() : new java.util.ArrayList<>();
        for (int count = java.lang.Integer.parseInt(rest); count > 0; count--) all.add(get());
        return all;
      }
      case 'A': {
        java.lang.Object all = java.lang.reflect.Array.newInstance(kinds.get(java.lang.Integer.parseInt(rest)), (java.lang.Integer) get());
        for (int index = 0; index < java.lang.reflect.Array.getLength(all); index++) java.lang.reflect.Array.set(all, index, get());
        return all;
      }
      default: throw new java.lang.AssertionError("no value");
    }
  }
}`

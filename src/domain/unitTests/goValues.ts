import { ours } from "./sides.ts"

export const goPackages: ReadonlyArray<string> = [
  "bufio",
  "encoding/hex",
  "fmt",
  "os",
  "reflect",
  "runtime",
  "strconv",
  "strings"
]

/** Both sides of calls in Go: values are words, in the order that their types give; in an interface each with its type. */
export const goValues: string = `var ${ours}_heard = ${ours}_bufio.NewReader(${ours}_os.Stdin)
var ${ours}_said = ${ours}_os.Stdout
var _, _ = ${ours}_runtime.Caller, ${ours}_fmt.Sprint
func ${ours}_begin() {
  quiet, _ := ${ours}_os.OpenFile("/dev/null", ${ours}_os.O_RDWR, 0)
  ${ours}_os.Stdin, ${ours}_os.Stdout = quiet, quiet
}
func ${ours}_say(line string) { ${ours}_said.WriteString(line + "\\n") }
func ${ours}_fails(text string) { ${ours}_say("fails " + ${ours}_hex.EncodeToString([]byte(text))); ${ours}_os.Exit(0) }
type ${ours}_In struct { words []string }
func ${ours}_hear() *${ours}_In {
  line, err := ${ours}_heard.ReadString(10)
  if err != nil { ${ours}_os.Exit(0) }
  return &${ours}_In{${ours}_strings.Split(${ours}_strings.TrimSuffix(line, "\\n"), " ")[1:]}
}
func (in *${ours}_In) word() string {
  found := in.words[0]
  in.words = in.words[1:]
  return found
}
func (in *${ours}_In) rest() string {
  word := in.word()
  if word == "" { panic("no value") }
  return word[1:]
}
func (in *${ours}_In) count() int {
  word := in.rest()
  if word == "" { return -1 }
  found, err := ${ours}_strconv.Atoi(word)
  if err != nil || found > len(in.words) { panic("no value") }
  return found
}
func ${ours}_serve(called interface{}) {
  function := ${ours}_reflect.ValueOf(called)
  ${ours}_say("ready")
  for {
    in := ${ours}_hear()
    var given []${ours}_reflect.Value
    for index := 0; index < function.Type().NumIn(); index++ {
      one := ${ours}_reflect.New(function.Type().In(index)).Elem()
      in.get(one)
      given = append(given, one)
    }
    var out ${ours}_strings.Builder
    out.WriteString("gave")
    ${ours}_put(&out, function.Call(given)[0])
    ${ours}_say(out.String())
  }
}
func ${ours}_ask(gave interface{}, given ...interface{}) {
  var out ${ours}_strings.Builder
  out.WriteString("call")
  for _, one := range given { ${ours}_put(&out, ${ours}_reflect.ValueOf(one).Elem()) }
  ${ours}_say(out.String())
  in := ${ours}_hear()
  in.get(${ours}_reflect.ValueOf(gave).Elem())
  if len(in.words) > 0 { panic("no value") }
}
func ${ours}_put(out *${ours}_strings.Builder, value ${ours}_reflect.Value) {
  switch value.Kind() {
  case ${ours}_reflect.Interface:
    if value.IsNil() { out.WriteString(" n"); return }
    out.WriteString(" W" + ${ours}_hex.EncodeToString([]byte(value.Elem().Type().String())))
    ${ours}_put(out, value.Elem())
  case ${ours}_reflect.Bool: out.WriteString(" b" + ${ours}_strconv.FormatBool(value.Bool()))
  case ${ours}_reflect.Int, ${ours}_reflect.Int8, ${ours}_reflect.Int16, ${ours}_reflect.Int32, ${ours}_reflect.Int64:
    out.WriteString(" i" + ${ours}_strconv.FormatInt(value.Int(), 10))
  case ${ours}_reflect.Uint, ${ours}_reflect.Uint8, ${ours}_reflect.Uint16, ${ours}_reflect.Uint32, ${ours}_reflect.Uint64:
    out.WriteString(" i" + ${ours}_strconv.FormatUint(value.Uint(), 10))
  case ${ours}_reflect.Float32, ${ours}_reflect.Float64:
    out.WriteString(" d" + ${ours}_strconv.FormatFloat(value.Float(), 'g', -1, value.Type().Bits()))
  case ${ours}_reflect.String: out.WriteString(" s" + ${ours}_hex.EncodeToString([]byte(value.String())))
  case ${ours}_reflect.Slice, ${ours}_reflect.Array:
    if value.Kind() == ${ours}_reflect.Slice && value.IsNil() { out.WriteString(" n"); return }
    out.WriteString(" L" + ${ours}_strconv.Itoa(value.Len()))
    for index := 0; index < value.Len(); index++ { ${ours}_put(out, value.Index(index)) }
  case ${ours}_reflect.Map:
    if value.IsNil() { out.WriteString(" n"); return }
    out.WriteString(" M" + ${ours}_strconv.Itoa(value.Len()))
    for _, key := range value.MapKeys() {
      ${ours}_put(out, key)
      ${ours}_put(out, value.MapIndex(key))
    }
  case ${ours}_reflect.Ptr:
    if value.IsNil() { out.WriteString(" n"); return }
    out.WriteString(" O")
    ${ours}_put(out, value.Elem())
  default: panic("a " + value.Type().String() + " cannot be passed to or from a test")
  }
}
func (in *${ours}_In) get(value ${ours}_reflect.Value) {
  kind := value.Type()
  switch value.Kind() {
  case ${ours}_reflect.Interface:
    word := in.word()
    if word == "n" { return }
    name, _ := ${ours}_hex.DecodeString(word[1:])
    one := ${ours}_reflect.New(${ours}_typeOf(string(name))).Elem()
    in.get(one)
    value.Set(one)
  case ${ours}_reflect.Bool: value.SetBool(in.rest() == "true")
  case ${ours}_reflect.Int, ${ours}_reflect.Int8, ${ours}_reflect.Int16, ${ours}_reflect.Int32, ${ours}_reflect.Int64:
    one, err := ${ours}_strconv.ParseInt(in.rest(), 10, 64)
    if err != nil { panic("no value") }
    value.SetInt(one)
  case ${ours}_reflect.Uint, ${ours}_reflect.Uint8, ${ours}_reflect.Uint16, ${ours}_reflect.Uint32, ${ours}_reflect.Uint64:
    one, err := ${ours}_strconv.ParseUint(in.rest(), 10, 64)
    if err != nil { panic("no value") }
    value.SetUint(one)
  case ${ours}_reflect.Float32, ${ours}_reflect.Float64:
    one, err := ${ours}_strconv.ParseFloat(in.rest(), kind.Bits())
    if err != nil { panic("no value") }
    value.SetFloat(one)
  case ${ours}_reflect.String:
    one, err := ${ours}_hex.DecodeString(in.rest())
    if err != nil { panic("no value") }
    value.SetString(string(one))
  case ${ours}_reflect.Slice:
    count := in.count()
    if count < 0 { return }
    value.Set(${ours}_reflect.MakeSlice(kind, count, count))
    for index := 0; index < count; index++ { in.get(value.Index(index)) }
  case ${ours}_reflect.Array:
    if in.count() != value.Len() { panic("no value") }
    for index := 0; index < value.Len(); index++ { in.get(value.Index(index)) }
  case ${ours}_reflect.Map:
    count := in.count()
    if count < 0 { return }
    value.Set(${ours}_reflect.MakeMap(kind))
    for index := 0; index < count; index++ {
      key, one := ${ours}_reflect.New(kind.Key()).Elem(), ${ours}_reflect.New(kind.Elem()).Elem()
      in.get(key)
      in.get(one)
      value.SetMapIndex(key, one)
    }
  case ${ours}_reflect.Ptr:
    if in.word() != "O" { return }
    value.Set(${ours}_reflect.New(kind.Elem()))
    in.get(value.Elem())
  default: panic("a " + kind.String() + " cannot be passed to or from a test")
  }
}
func ${ours}_typeOf(name string) ${ours}_reflect.Type {
  for _, one := range []interface{}{true, int(0), int8(0), int16(0), int32(0), int64(0), uint(0), uint8(0), uint16(0), uint32(0), uint64(0), float32(0), float64(0), ""} {
    if ${ours}_reflect.TypeOf(one).String() == name { return ${ours}_reflect.TypeOf(one) }
  }
  if name == "interface {}" { return ${ours}_reflect.TypeOf([]interface{}{}).Elem() }
  if ${ours}_strings.HasPrefix(name, "*") { return ${ours}_reflect.PtrTo(${ours}_typeOf(name[1:])) }
  if ${ours}_strings.HasPrefix(name, "[]") { return ${ours}_reflect.SliceOf(${ours}_typeOf(name[2:])) }
  end := ${ours}_strings.Index(name, "]")
  if ${ours}_strings.HasPrefix(name, "map[") && end > 0 {
    return ${ours}_reflect.MapOf(${ours}_typeOf(name[4:end]), ${ours}_typeOf(name[end+1:]))
  }
  if ${ours}_strings.HasPrefix(name, "[") && end > 0 {
    size, err := ${ours}_strconv.Atoi(name[1:end])
    if err == nil && size >= 0 && size < 1 << 16 { return ${ours}_reflect.ArrayOf(size, ${ours}_typeOf(name[end+1:])) }
  }
  panic("a " + name + " cannot be passed to or from a test")
}`

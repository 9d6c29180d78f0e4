import { ours } from "./sides.ts"

/** What is included before `cppValues`, one a line, so that a precompiled header may serve. */
export const cppIncludes: string = ["cmath", "cstdio", "cstdlib", "string", "tuple", "vector"]
  .map((name) => `#include <${name}>`)
  .join("\n")

/**
 * Both sides of calls in C++: values are words, in the order that their types give. Nothing but stdio is used, so that
 * no name of the system's headers is taken from the candidate.
 */
export const cppValues: string = `namespace ${ours} {
static FILE *heard, *said;
inline void begin() {
  heard = ::std::fopen("/dev/fd/0", "r");
  said = ::std::fopen("/dev/fd/1", "w");
  if (!heard || !said || !::std::freopen("/dev/null", "r", stdin) || !::std::freopen("/dev/null", "w", stdout)) ::std::_Exit(3);
}
inline void say(const ::std::string& line) {
  ::std::fwrite(line.data(), 1, line.size(), said);
  ::std::fputc(10, said);
  ::std::fflush(said);
}
struct In {
  ::std::string line;
  ::std::size_t at = 0;
  bool next() {
    line.clear();
    at = 0;
    for (int one; (one = ::std::getc(heard)) != 10; line += static_cast<char>(one)) if (one == EOF) return false;
    word();
    return true;
  }
  ::std::string word() {
    if (at > line.size()) ::std::_Exit(3);
    ::std::size_t end = line.find(' ', at);
    if (end == ::std::string::npos) end = line.size();
    ::std::string found = line.substr(at, end - at);
    at = end + 1;
    return found;
  }
  ::std::string rest() {
    ::std::string found = word();
    if (found.empty()) ::std::_Exit(3);
    return found.substr(1);
  }
};
inline ::std::string digits(const ::std::string& text) {
  ::std::string all;
  for (unsigned char one : text) { all += "0123456789abcdef"[one >> 4]; all += "0123456789abcdef"[one & 15]; }
  return all;
}
template <class T> constexpr char letter(typename T::key_type*) { return 'S'; }
template <class T> constexpr char letter(...) { return 'L'; }
template <class T, class = void> struct Value {
  static void put(::std::string& out, const T& all) {
    out += ::std::string(" ") + letter<T>(nullptr) + ::std::to_string(all.size());
    for (const auto& one : all) Value<typename T::value_type>::put(out, one);
  }
  static T get(In& in) {
    T all;
    for (long long count = ::std::atoll(in.rest().c_str()); count > 0; count--) all.insert(all.end(), Value<typename T::value_type>::get(in));
    return all;
  }
};
template <class T> struct Value<T, typename ::std::enable_if< ::std::is_integral<T>::value>::type> {
  static void put(::std::string& out, T one) { out += (::std::is_same<T, char>::value ? " c" : " i") + ::std::to_string(one); }
  static T get(In& in) {
    ::std::string word = in.rest();
    return word[0] == '-' ? static_cast<T>(::std::atoll(word.c_str())) : static_cast<T>(::std::strtoull(word.c_str(), nullptr, 10));
  }
};
template <> struct Value<bool> {
  static void put(::std::string& out, bool one) { out += one ? " btrue" : " bfalse"; }
  static bool get(In& in) { return in.rest() == "true"; }
};
template <class T> struct Value<T, typename ::std::enable_if< ::std::is_floating_point<T>::value>::type> {
  static void put(::std::string& out, T one) { char text[64]; ::std::snprintf(text, sizeof text, " %c%.21Lg", sizeof(T) == 4 ? 'f' : 'd', static_cast<long double>(one)); out += text; }
  static T get(In& in) { return static_cast<T>(::std::strtold(in.rest().c_str(), nullptr)); }
};
template <> struct Value< ::std::string> {
  static void put(::std::string& out, const ::std::string& one) { out += " s" + digits(one); }
  static ::std::string get(In& in) {
    ::std::string word = in.word(), all;
    for (::std::size_t at = 1; at + 1 < word.size(); at += 2) all += static_cast<char>(::std::stoi(word.substr(at, 2), nullptr, 16));
    return all;
  }
};
template <class A, class B> struct Value< ::std::pair<A, B>> {
  static void put(::std::string& out, const ::std::pair<A, B>& one) { out += " T2"; Value<typename ::std::remove_const<A>::type>::put(out, one.first); Value<B>::put(out, one.second); }
  static ::std::pair<A, B> get(In& in) {
    in.word();
    typename ::std::remove_const<A>::type first = Value<typename ::std::remove_const<A>::type>::get(in);
    return ::std::pair<A, B>(first, Value<B>::get(in));
  }
};
#ifdef BOOST_ANY_INCLUDED
template <class... T> struct Any {
  static void put(::std::string& out, const ::boost::any&) { out += " n"; }
  static ::boost::any get(In&, int) { return {}; }
};
template <class T, class... More> struct Any<T, More...> {
  static void put(::std::string& out, const ::boost::any& one) {
    if (const T* found = ::boost::any_cast<T>(&one)) { out += " W" + ::std::to_string(sizeof...(More)); Value<T>::put(out, *found); }
    else Any<More...>::put(out, one);
  }
  static ::boost::any get(In& in, int kind) { return kind == sizeof...(More) ? ::boost::any(Value<T>::get(in)) : Any<More...>::get(in, kind); }
};
template <> struct Value< ::boost::any> {
  using Kinds = Any<int, double, float, char, bool, long, long long, unsigned, ::std::string, ::std::vector<int>>;
  static void put(::std::string& out, const ::boost::any& one) { Kinds::put(out, one); }
  static ::boost::any get(In& in) {
    ::std::string word = in.word();
    return word[0] == 'W' ? Kinds::get(in, ::std::atoi(word.c_str() + 1)) : ::boost::any();
  }
};
#endif
template <class T> using Plain = typename ::std::decay<T>::type;
template <class R, class... P> void serve(R (*called)(P...)) {
  say("ready");
  for (In in; in.next();) {
    ::std::tuple<Plain<P>...> given{Value<Plain<P>>::get(in)...};
    ::std::string out = "gave";
    Value<Plain<R>>::put(out, ::std::apply(called, given));
    say(out);
  }
}
template <class R, class... P, class... A> Plain<R> ask(R (*)(P...), const A&... given) {
  ::std::string out = "call";
  (Value<A>::put(out, given), ...);
  say(out);
  In in;
  if (!in.next()) ::std::_Exit(3);
  Plain<R> one = Value<Plain<R>>::get(in);
  if (in.at <= in.line.size()) ::std::_Exit(3);
  return one;
}
inline void fails(const ::std::string& text) { say("fails " + digits(text)); ::std::_Exit(0); }
}`

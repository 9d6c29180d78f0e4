// threads without end
// expect: RuntimeError SIGABRT
// timeMs: 4000
// not on: unconfined
// run: on demand
#include <chrono>
#include <thread>
int main() { BENIGN; for (;;) std::thread([] { std::this_thread::sleep_for(std::chrono::hours(1)); }).detach(); }

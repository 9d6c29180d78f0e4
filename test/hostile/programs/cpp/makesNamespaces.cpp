// makes namespaces, mounts, traces, calls old doors
// expect: Passed
// stdout: "refused\n"
// run: on demand
#include <sched.h>
#include <sys/mount.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <unistd.h>
int main() {
    BENIGN;
    bool all = unshare(CLONE_NEWUSER) < 0 && mount("x", "/", "tmpfs", 0, nullptr) < 0 && ptrace(PTRACE_ATTACH, 1, 0, 0) < 0
        && syscall(425, 8, nullptr) < 0 && chroot("/") < 0 && syscall(SYS_bpf, 0, nullptr, 0) < 0;
    std::puts(all ? "refused" : "done");
}

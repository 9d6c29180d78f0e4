// Copies a warm Node.js: `serve` waits for the descriptors of a case on a socket, and returns in a copy of the process
// that has them as its standard streams. The original never returns: it tells how each copy has ended.
// Only what every Node.js exports is used, so that no headers of Node.js are needed.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

typedef struct napi_env__ *napi_env;
typedef struct napi_value__ *napi_value;
typedef struct napi_callback_info__ *napi_callback_info;
typedef napi_value (*napi_callback)(napi_env, napi_callback_info);
struct uv_loop_s;
extern int napi_create_function(napi_env, const char *, size_t, napi_callback, void *, napi_value *);
extern int napi_set_named_property(napi_env, napi_value, const char *, napi_value);
extern int napi_get_cb_info(napi_env, napi_callback_info, size_t *, napi_value *, napi_value *, void **);
extern int napi_get_value_int32(napi_env, napi_value, int32_t *);
extern int napi_create_int32(napi_env, int32_t, napi_value *);
extern int napi_get_uv_event_loop(napi_env, struct uv_loop_s **);
extern int uv_loop_fork(struct uv_loop_s *);

enum { SOCKET = 3, STREAMS = 3, MOST_RANGES = 4096 };

// V8 asks the kernel not to copy its heap: a process that only goes on to execute another does not need it.
static int let_all_be_copied(void) {
    static uintptr_t ranges[MOST_RANGES][2];
    size_t count = 0;
    char line[8192];
    FILE *maps = fopen("/proc/self/maps", "r");
    if (!maps) return 0;
    while (count < MOST_RANGES && fgets(line, sizeof line, maps)) {
        unsigned long from, to;
        if (sscanf(line, "%lx-%lx", &from, &to) != 2) continue;
        ranges[count][0] = from;
        ranges[count++][1] = to;
    }
    fclose(maps);
    // Ranges of the kernel's own are refused, and need nothing.
    for (size_t at = 0; at < count; at++)
        madvise((void *)ranges[at][0], ranges[at][1] - ranges[at][0], MADV_DOFORK);
    return count < MOST_RANGES;
}

// What the runner asks: the limits of processor time, in seconds, and three descriptors beside them.
static int receive(uint64_t limits[2], int streams[STREAMS]) {
    union { char bytes[CMSG_SPACE(STREAMS * sizeof(int))]; struct cmsghdr align; } room;
    struct iovec content = {limits, 2 * sizeof *limits};
    struct msghdr message = {
        .msg_iov = &content, .msg_iovlen = 1, .msg_control = room.bytes, .msg_controllen = sizeof room.bytes};
    if (recvmsg(SOCKET, &message, MSG_CMSG_CLOEXEC) != (ssize_t)content.iov_len) return 0;
    struct cmsghdr *header = CMSG_FIRSTHDR(&message);
    if (!header || header->cmsg_len != CMSG_LEN(STREAMS * sizeof(int))) return 0;
    memcpy(streams, CMSG_DATA(header), STREAMS * sizeof(int));
    return 1;
}

static int is_copy;

// In the copy: a process of its own session, that the runner can look at, and that the kernel would end first.
static int become(struct uv_loop_s *loop, const uint64_t limits[2], const int streams[STREAMS]) {
    is_copy = 1;
    close(SOCKET);
    for (int number = 0; number < STREAMS; number++) {
        dup2(streams[number], number);
        close(streams[number]);
    }
    setsid();
    prctl(PR_SET_DUMPABLE, 1, 0, 0, 0);
    prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
    int score = open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC);
    if (score >= 0) {
        (void)!write(score, "1000", 4);
        close(score);
    }
    struct rlimit time = {limits[0], limits[1]};
    return setrlimit(RLIMIT_CPU, &time) == 0 && uv_loop_fork(loop) == 0;
}

static napi_value serve(napi_env env, napi_callback_info info) {
    (void)info;
    struct uv_loop_s *loop;
    if (napi_get_uv_event_loop(env, &loop) != 0 || !let_all_be_copied()) _exit(1);
    // No copy may look into the process that the next ones are made of.
    prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
    if (send(SOCKET, "ready", 5, MSG_NOSIGNAL) != 5) _exit(1);
    for (;;) {
        uint64_t limits[2];
        int streams[STREAMS];
        if (!receive(limits, streams)) _exit(0);
        pid_t copy = fork();
        if (copy == 0) {
            napi_value own;
            if (!become(loop, limits, streams) || napi_create_int32(env, getpid(), &own) != 0) _exit(1);
            return own;
        }
        for (int number = 0; number < STREAMS; number++) close(streams[number]);
        int64_t begun = copy;
        if (copy < 0 || send(SOCKET, &begun, sizeof begun, MSG_NOSIGNAL) < 0) _exit(1);
        int status;
        struct rusage usage;
        if (wait4(copy, &status, 0, &usage) != copy) _exit(1);
        int64_t ended[] = {
            status, (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1000000LL + usage.ru_utime.tv_usec + usage.ru_stime.tv_usec,
            usage.ru_maxrss};
        if (send(SOCKET, ended, sizeof ended, MSG_NOSIGNAL) < 0) _exit(1);
    }
}

// Ends the process without taking the heap apart.
static napi_value quit(napi_env env, napi_callback_info info) {
    size_t count = 1;
    napi_value argument;
    int32_t status = 0;
    napi_get_cb_info(env, info, &count, &argument, NULL, NULL);
    napi_get_value_int32(env, argument, &status);
    _exit(status);
}

// Loaded ahead of the C library, these take the place of its own, for the end of a copy, which has none of the threads
// of the original: they would wait until these have left a condition or a mutex, or fail when they do not find them.
#define REAL(name, ...) ((int (*)(__VA_ARGS__))dlsym(RTLD_NEXT, #name))

int pthread_cond_destroy(pthread_cond_t *condition) {
    return is_copy ? 0 : REAL(pthread_cond_destroy, pthread_cond_t *)(condition);
}

int pthread_mutex_destroy(pthread_mutex_t *mutex) {
    return is_copy ? 0 : REAL(pthread_mutex_destroy, pthread_mutex_t *)(mutex);
}

int pthread_join(pthread_t thread, void **result) {
    int fault = REAL(pthread_join, pthread_t, void **)(thread, result);
    return is_copy && fault == ESRCH ? 0 : fault;
}

static void offer(napi_env env, napi_value exports, const char *name, napi_callback call) {
    napi_value function;
    if (napi_create_function(env, name, strlen(name), call, NULL, &function) == 0)
        napi_set_named_property(env, exports, name, function);
}

napi_value napi_register_module_v1(napi_env env, napi_value exports) {
    offer(env, exports, "serve", serve);
    offer(env, exports, "quit", quit);
    return exports;
}

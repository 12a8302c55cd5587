/*
 * bitnet-probe: the entry point and the health check of BitNet images.
 *
 *   bitnet-probe serve PROGRAM [ARGUMENT...]   refuses what cannot run, then becomes the server, or runs it as its
 *                                              only child and hands signals on when it is process 1 itself
 *   bitnet-probe run PROGRAM [ARGUMENT...]     the same for a server that reads the environment itself: it is looked
 *                                              for in PATH, and given no arguments but these
 *   bitnet-probe health                        exits with 0 if the server answers /health with 200, else with 1
 *
 * Environment: MODEL_PATH (the GGUF file), BITNET_PORT (default 8001), BITNET_MODEL_NAME (what GET /v1/models calls the
 * model; default: its file's name).
 *
 * Compile with gcc or clang, for x86_64 or aarch64 Linux:
 *
 *   cc -std=gnu11 -Os -Wall -Wextra -Werror -ffreestanding -fno-stack-protector -fno-pie -fno-asynchronous-unwind-tables -static -nostdlib -Wl,--build-id=none -Wl,-z,noseparate-code -s -o bitnet-probe bitnet-probe.c
 *
 * No C library is linked: a static glibc alone is some 700 KB, this is less than 10 KB. The C library's headers give
 * the kernel's constants and structures only; the system calls are made here.
 */
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>

#if defined(__x86_64__)
#include <cpuid.h>
#elif defined(__aarch64__)
#include <asm/hwcap.h>
#include <elf.h>
#else
#error "bitnet-probe knows x86_64 and aarch64 only."
#endif

#ifndef __linux__
#error "bitnet-probe makes the system calls of Linux."
#endif

#define HEALTH_DEADLINE_MS 5000
#define MAX_ARGUMENTS 1024

enum exit_code { OK = 0, REFUSED = 1, USAGE = 2 };

/* ---- the kernel ---------------------------------------------------------------------------------------------- */

/* Makes a system call; a negative result is an error number. Unused arguments are 0. */
static long system_call(long number, long a, long b, long c, long d, long e, long f) {
#if defined(__x86_64__)
    long result;
    register long r10 __asm__("r10") = d;
    register long r8 __asm__("r8") = e;
    register long r9 __asm__("r9") = f;
    __asm__ volatile("syscall"
                     : "=a"(result)
                     : "a"(number), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8), "r"(r9)
                     : "rcx", "r11", "memory");
    return result;
#else
    register long x8 __asm__("x8") = number;
    register long x0 __asm__("x0") = a;
    register long x1 __asm__("x1") = b;
    register long x2 __asm__("x2") = c;
    register long x3 __asm__("x3") = d;
    register long x4 __asm__("x4") = e;
    register long x5 __asm__("x5") = f;
    __asm__ volatile("svc 0"
                     : "+r"(x0)
                     : "r"(x8), "r"(x1), "r"(x2), "r"(x3), "r"(x4), "r"(x5)
                     : "memory");
    return x0;
#endif
}

static _Noreturn void leave(int code) {
    for (;;) {
        system_call(SYS_exit_group, code, 0, 0, 0, 0, 0);
    }
}

/* Milliseconds of a clock that nobody sets. */
static long now_ms(void) {
    struct timespec now;
    system_call(SYS_clock_gettime, CLOCK_MONOTONIC, (long) &now, 0, 0, 0, 0);
    return now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* ---- text ---------------------------------------------------------------------------------------------------- */

static size_t length(const char *text) {
    size_t n = 0;
    while (text[n] != '\0') {
        n++;
    }
    return n;
}

static int starts_with(const char *text, const char *prefix) {
    while (*prefix != '\0') {
        if (*text++ != *prefix++) {
            return 0;
        }
    }
    return 1;
}

static int equal(const char *a, const char *b) {
    return starts_with(a, b) && length(a) == length(b);
}

struct number {
    char digits[32];
};

/* The decimal digits of a number. */
static char *decimal(struct number *to, unsigned long value) {
    char *p = to->digits + sizeof to->digits - 1;
    *p = '\0';
    do {
        *--p = (char) ('0' + value % 10);
        value /= 10;
    } while (value != 0);
    return p;
}

#define LINE_BYTES 2048

static size_t append(char *line, size_t used, const char *text) {
    while (*text != '\0' && used < LINE_BYTES - 1) {
        line[used++] = *text++;
    }
    return used;
}

/* Writes one line to standard error, made of the given strings up to NULL. What is too long is cut. */
static void say(const char *part, ...) {
    char line[LINE_BYTES];
    size_t used = append(line, 0, "bitnet-probe: ");
    va_list more;
    va_start(more, part);
    for (; part != NULL; part = va_arg(more, const char *)) {
        used = append(line, used, part);
    }
    va_end(more);
    line[used++] = '\n';
    system_call(SYS_write, 2, (long) line, (long) used, 0, 0, 0);
}

/* What an error number means, in words; rare ones by number. */
static const char *reason(struct number *to, long error) {
    switch (error) {
        case ENOENT:
        case ENOTDIR:
            return "there is no such file";
        case EACCES:
        case EPERM:
            return "permission denied";
        case ENOEXEC:
            return "it is not a program for this machine";
        case EIO:
            return "the disk reports a read error";
        default:
            break;
    }
    static const char word[] = "error ";
    char *text = decimal(to, (unsigned long) error);
    for (size_t i = sizeof word - 1; i-- > 0;) {
        *--text = word[i];
    }
    return text;
}

/* ---- the environment ----------------------------------------------------------------------------------------- */

/* The value of a variable; NULL when it is not set or empty. */
static const char *variable(char *const *environment, const char *name) {
    for (; *environment != NULL; environment++) {
        if (starts_with(*environment, name) && (*environment)[length(name)] == '=') {
            const char *value = *environment + length(name) + 1;
            return *value == '\0' ? NULL : value;
        }
    }
    return NULL;
}

/* The server's TCP port; leaves with a sentence when BITNET_PORT is not one. */
static unsigned port_of(const char *text) {
    unsigned value = 0;
    const char *p = text;
    while (*p >= '0' && *p <= '9' && value <= 65535) {
        value = value * 10 + (unsigned) (*p++ - '0');
    }
    if (*p != '\0' || value == 0 || value > 65535) {
        say("BITNET_PORT is \"", text, "\"; it has to be a TCP port, a number from 1 to 65535.", NULL);
        leave(REFUSED);
    }
    return value;
}

/* ---- health -------------------------------------------------------------------------------------------------- */

/* Waits until the socket is ready; 0 once the deadline has passed. */
static int ready(int socket, short events, long deadline) {
    for (;;) {
        long left = deadline - now_ms();
        if (left <= 0) {
            return 0;
        }
        struct pollfd waiting = {.fd = socket, .events = events, .revents = 0};
        struct timespec timeout = {.tv_sec = left / 1000, .tv_nsec = left % 1000 * 1000000};
        long n = system_call(SYS_ppoll, (long) &waiting, 1, (long) &timeout, 0, 0, 0);
        if (n > 0) {
            return 1;
        }
        if (n < 0 && n != -EINTR) {
            return 0;
        }
    }
}

static _Noreturn void unhealthy(const char *port, const char *what) {
    say("The server at 127.0.0.1:", port, " ", what, NULL);
    leave(REFUSED);
}

/* GET /health of the server in this container. Status 200 is healthy; all else is not. */
static _Noreturn void health(const char *port) {
    static const char late[] = "did not answer GET /health within 5 seconds.";
    static const char request[] = "GET /health HTTP/1.0\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    const long deadline = now_ms() + HEALTH_DEADLINE_MS;
    const unsigned number = port_of(port);

    const int fd = (int) system_call(SYS_socket, AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, 0, 0, 0);
    if (fd < 0) {
        say("This container cannot open a socket.", NULL);
        leave(REFUSED);
    }
    /* Network byte order; both architectures are little-endian. */
    struct sockaddr_in address = {
        .sin_family = AF_INET,
        .sin_port = (in_port_t) ((number & 0xff) << 8 | number >> 8),
        .sin_addr = {.s_addr = 0x0100007f},
    };
    long n = system_call(SYS_connect, fd, (long) &address, sizeof address, 0, 0, 0);
    if (n == -EINPROGRESS) {
        if (!ready(fd, POLLOUT, deadline)) {
            unhealthy(port, late);
        }
        int error = 0;
        socklen_t size = sizeof error;
        system_call(SYS_getsockopt, fd, SOL_SOCKET, SO_ERROR, (long) &error, (long) &size, 0);
        n = -error;
    }
    if (n != 0) {
        unhealthy(port, "does not accept connections: it is not running, or still starting.");
    }

    /* The request is far smaller than any socket buffer: it is taken whole. */
    n = system_call(SYS_sendto, fd, (long) request, sizeof request - 1, MSG_NOSIGNAL, 0, 0);
    if (n != (long) sizeof request - 1) {
        unhealthy(port, "closed the connection.");
    }

    /* "HTTP/1.1 200" and the space or line end after it. */
    enum { STATUS_BYTES = 13 };
    char answer[STATUS_BYTES + 1] = {0};
    size_t got = 0;
    while (got < STATUS_BYTES) {
        if (!ready(fd, POLLIN, deadline)) {
            unhealthy(port, late);
        }
        n = system_call(SYS_recvfrom, fd, (long) (answer + got), (long) (STATUS_BYTES - got), 0, 0, 0);
        if (n == -EINTR || n == -EAGAIN) {
            continue;
        }
        if (n <= 0) {
            unhealthy(port, "closed the connection without an answer in HTTP.");
        }
        got += (size_t) n;
    }
    const char after = answer[12];
    if (!(starts_with(answer, "HTTP/1.1 ") || starts_with(answer, "HTTP/1.0 "))
            || !(after == ' ' || after == '\r' || after == '\n')) {
        unhealthy(port, "did not answer in HTTP: another program may be listening there.");
    }
    char status[4] = {answer[9], answer[10], answer[11], '\0'};
    if (!equal(status, "200")) {
        for (char *p = status; *p != '\0'; p++) {
            *p = *p < '0' || *p > '9' ? '?' : *p;
        }
        say("The server at 127.0.0.1:", port, " answered GET /health with status ", status, " instead of 200.", NULL);
        leave(REFUSED);
    }
    leave(OK);
}

/* ---- serve --------------------------------------------------------------------------------------------------- */

/*
 * The first CPU feature that the server was compiled for and that this machine lacks; NULL when all are there.
 * Without AVX2 BitNet's x86 kernels answer with garbage and no error; without the others the server is killed.
 */
#ifdef BITNET_PROBE_TEST_LACKS
/* For tests only: an executable that takes every CPU for an old one. */
static const char *lacking_feature(const uintptr_t *auxiliary) {
    (void) auxiliary;
    return BITNET_PROBE_TEST_LACKS;
}
#elif defined(__x86_64__)
static const char *lacking_feature(const uintptr_t *auxiliary) {
    (void) auxiliary;
    unsigned eax, ebx, ecx, edx;
    if (!__get_cpuid(1, &eax, &ebx, &ecx, &edx)) {
        return "AVX2";
    }
    const unsigned basic = ecx;
    if (!__get_cpuid_count(7, 0, &eax, &ebx, &ecx, &edx) || !(ebx & bit_AVX2) || !(basic & bit_AVX)) {
        return "AVX2";
    }
    /* The operating system has to save the upper halves of the registers too. */
    unsigned saved = 0;
    if (basic & bit_OSXSAVE) {
        __asm__ volatile("xgetbv" : "=a"(saved), "=d"(edx) : "c"(0));
    }
    if ((saved & 6) != 6) {
        return "AVX2 (its operating system has it turned off)";
    }
    if (!(basic & bit_FMA)) {
        return "FMA";
    }
    return basic & bit_F16C ? NULL : "F16C";
}
#else
static const char *lacking_feature(const uintptr_t *auxiliary) {
    for (; auxiliary[0] != AT_NULL; auxiliary += 2) {
        if (auxiliary[0] == AT_HWCAP) {
            return auxiliary[1] & HWCAP_ASIMDDP ? NULL : "the dot product instructions (asimddp)";
        }
    }
    return NULL;
}
#endif

static void refuse_old_cpu(const uintptr_t *auxiliary) {
    const char *lacks = lacking_feature(auxiliary);
    if (lacks != NULL) {
        say("This machine's CPU lacks ", lacks, ", which BitNet's kernels need; without it they would answer with"
            " garbage or crash. Run this image on a newer CPU, or give the virtual machine the host's CPU type.", NULL);
        leave(REFUSED);
    }
}

/* Says how to mount the model where MODEL_PATH expects it; the path is absolute. */
static void say_mount(const char *path) {
    char directory[LINE_BYTES];
    size_t end = append(directory, 0, path);
    while (end > 1 && directory[end - 1] != '/') {
        end--;
    }
    directory[end > 1 ? end - 1 : end] = '\0';
    say("Mount the directory that holds the model, as in: docker run -v /path/to/models:", directory,
        ":ro ..., or set MODEL_PATH to the model's path in the container.", NULL);
}

/* Opens the model the way the server will, and looks at its first bytes. Leaves with a sentence if it will not do. */
static void refuse_bad_model(const char *path) {
    struct number digits, user;
    if (path == NULL || path[0] != '/') {
        say("MODEL_PATH ", path == NULL ? "is not set" : "is not an absolute path",
            ". It has to name the GGUF file in the container, such as /app/models/ggml-model-i2_s.gguf.", NULL);
        leave(REFUSED);
    }
    /* O_NONBLOCK: a named pipe must not hang us. */
    const long fd = system_call(SYS_openat, AT_FDCWD, (long) path, O_RDONLY | O_CLOEXEC | O_NONBLOCK, 0, 0, 0);
    if (fd == -ENOENT || fd == -ENOTDIR) {
        say("There is no model at ", path, ".", NULL);
        say_mount(path);
        leave(REFUSED);
    }
    if (fd < 0) {
        say("The model at ", path, " cannot be read by user id ",
            decimal(&user, (unsigned long) system_call(SYS_getuid, 0, 0, 0, 0, 0, 0)), ": ", reason(&digits, -fd),
            ". Make the file readable for everybody (chmod a+r) and its directories searchable (chmod a+x).", NULL);
        leave(REFUSED);
    }
    char magic[5] = {0};
    long got = 0;
    while (got < 4) {
        const long n = system_call(SYS_read, fd, (long) (magic + got), 4 - got, 0, 0, 0);
        if (n == -EINTR) {
            continue;
        }
        if (n == -EISDIR) {
            say("The model path ", path, " is a directory. Set MODEL_PATH to the GGUF file in it; if nothing was there"
                " before, docker made the directory for a mount whose source does not exist.", NULL);
            leave(REFUSED);
        }
        if (n < 0) {
            say("The model at ", path, " cannot be read: ", reason(&digits, -n), ".", NULL);
            leave(REFUSED);
        }
        if (n == 0) {
            break;
        }
        got += n;
    }
    system_call(SYS_close, fd, 0, 0, 0, 0, 0);
    if (got == 0) {
        say("The model at ", path, " is empty. Its download or copy was not finished: fetch it again.", NULL);
        leave(REFUSED);
    }
    if (!equal(magic, "GGUF")) {
        say("The model at ", path, " is not a GGUF file: it does not begin with the letters GGUF.", NULL);
        leave(REFUSED);
    }
}

/* Becomes the program, which is looked for in PATH when its name has no slash; returns the error. */
static long execute(const char *const *arguments, char *const *environment) {
    const char *name = arguments[0];
    for (const char *p = name; *p != '\0'; p++) {
        if (*p == '/') {
            return -system_call(SYS_execve, (long) name, (long) arguments, (long) environment, 0, 0, 0);
        }
    }
    const char *path = variable(environment, "PATH");
    for (path = path == NULL ? "/usr/local/bin:/usr/bin:/bin" : path; *path != '\0'; path += *path == ':') {
        char file[LINE_BYTES];
        size_t end = 0;
        for (; *path != '\0' && *path != ':'; path++) {
            if (end < LINE_BYTES - 1) {
                file[end++] = *path;
            }
        }
        end = append(file, append(file, end, "/"), name);
        file[end] = '\0';
        const long error = -system_call(SYS_execve, (long) file, (long) arguments, (long) environment, 0, 0, 0);
        if (error != ENOENT && error != ENOTDIR) {
            return error;
        }
    }
    return ENOENT;
}

/* Becomes the server; leaves with a sentence when that fails. */
static _Noreturn void become(const char *const *arguments, char *const *environment) {
    const long error = execute(arguments, environment);
    struct number digits;
    say("The server ", arguments[0], " cannot be started: ", reason(&digits, error),
        error == ENOENT ? ", or the loader and libraries that it needs are not in the image." : ".", NULL);
    leave(REFUSED);
}

/* The kernel's set of signals. */
typedef uint64_t signal_set;

static signal_set only(int signal) {
    return (signal_set) 1 << (signal - 1);
}

static long change_blocked(int how, const signal_set *set) {
    return system_call(SYS_rt_sigprocmask, how, (long) set, 0, sizeof *set, 0, 0);
}

/*
 * Runs the server as a child and hands signals on. The kernel ignores a signal to process 1 that has no handler, and
 * llama-server as BitNet pins it installs none before it ends: as process 1 it would take the whole grace period to
 * stop and then be killed.
 */
static _Noreturn void supervise(const char *const *arguments, char *const *environment) {
    const signal_set handled = only(SIGCHLD) | only(SIGHUP) | only(SIGINT) | only(SIGQUIT) | only(SIGTERM)
            | only(SIGUSR1) | only(SIGUSR2);
    /* SIGTTOU: the child may give itself the terminal. Blocked signals wait until they are asked for, also here. */
    const signal_set blocked = handled | only(SIGTTOU);
    change_blocked(SIG_BLOCK, &blocked);

    const long child = system_call(SYS_clone, SIGCHLD, 0, 0, 0, 0, 0);
    if (child < 0) {
        say("This container cannot start a process: its limit is reached.", NULL);
        leave(REFUSED);
    }
    if (child == 0) {
        /* A group of its own, in front on the terminal if there is one: so Ctrl-C comes once. */
        system_call(SYS_setpgid, 0, 0, 0, 0, 0, 0);
        int group = (int) system_call(SYS_getpid, 0, 0, 0, 0, 0, 0);
        system_call(SYS_ioctl, 0, TIOCSPGRP, (long) &group, 0, 0, 0);
        change_blocked(SIG_UNBLOCK, &blocked);
        become(arguments, environment);
    }
    for (;;) {
        const long signal = system_call(SYS_rt_sigtimedwait, (long) &handled, 0, 0, sizeof handled, 0, 0);
        if (signal > 0 && signal != SIGCHLD) {
            system_call(SYS_kill, child, signal, 0, 0, 0, 0);
        }
        /* Process 1 is the parent of every orphan. */
        int status = 0;
        long ended;
        while ((ended = system_call(SYS_wait4, -1, (long) &status, WNOHANG, 0, 0, 0)) > 0) {
            if (ended == child) {
                leave(WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
            }
        }
    }
}

/* The name of a file without its directory and its last extension. */
static const char *stem(const char *path) {
    static char name[LINE_BYTES];
    for (const char *p = path; *p != '\0'; p++) {
        path = *p == '/' ? p + 1 : path;
    }
    size_t end = append(name, 0, path);
    for (size_t i = end; i-- > 1;) {
        if (name[i] == '.') {
            end = i;
            break;
        }
    }
    name[end] = '\0';
    return name;
}

/*
 * Starts the server once all that it needs is there. When it is llama-server, it is told what to serve, under which name
 * and where, and to count what it does; the user's arguments come last and win.
 */
static _Noreturn void serve(char **program, int is_llama_server, char *const *environment, const char *port,
                            const char *model, const uintptr_t *auxiliary) {
    static const char *arguments[MAX_ARGUMENTS];
    port_of(port);
    refuse_old_cpu(auxiliary);
    refuse_bad_model(model);
    const char *name = variable(environment, "BITNET_MODEL_NAME");
    const char *own[] = {program[0], "--model", model, "--alias", name == NULL ? stem(model) : name, "--host", "0.0.0.0",
                         "--port", port, "--metrics"};
    size_t n = 0;
    while (n < (is_llama_server ? sizeof own / sizeof *own : 1)) {
        arguments[n] = own[n];
        n++;
    }
    for (char **rest = program + 1; *rest != NULL; rest++) {
        if (n == MAX_ARGUMENTS - 1) {
            say("There are more than 1000 arguments for the server.", NULL);
            leave(USAGE);
        }
        arguments[n++] = *rest;
    }
    if (system_call(SYS_getpid, 0, 0, 0, 0, 0, 0) == 1) {
        supervise(arguments, environment);
    }
    become(arguments, environment);
}

/* ---- start --------------------------------------------------------------------------------------------------- */

/* The kernel's stack at the start: count, arguments, NULL, environment, NULL, auxiliary vector. */
__attribute__((used)) _Noreturn void start(uintptr_t *stack) {
    const uintptr_t count = stack[0];
    char **arguments = (char **) (stack + 1);
    char **environment = arguments + count + 1;
    char **end = environment;
    while (*end != NULL) {
        end++;
    }
    const uintptr_t *auxiliary = (const uintptr_t *) (end + 1);

    const char *port = variable(environment, "BITNET_PORT");
    port = port == NULL ? "8001" : port;
    if (count == 2 && equal(arguments[1], "health")) {
        health(port);
    }
    if (count >= 3 && equal(arguments[1], "serve")) {
        serve(arguments + 2, 1, environment, port, variable(environment, "MODEL_PATH"), auxiliary);
    }
    if (count >= 3 && equal(arguments[1], "run")) {
        serve(arguments + 2, 0, environment, port, variable(environment, "MODEL_PATH"), auxiliary);
    }
    say("Usage: bitnet-probe health, or: bitnet-probe serve PROGRAM [ARGUMENT...], or: bitnet-probe run PROGRAM"
        " [ARGUMENT...]", NULL);
    leave(USAGE);
}

void _start(void);

#if defined(__x86_64__)
__asm__(".globl _start\n"
        "_start:\n"
        "    xor %ebp, %ebp\n"
        "    mov %rsp, %rdi\n"
        "    and $-16, %rsp\n"
        "    call start\n"
        "    hlt\n");
#else
__asm__(".globl _start\n"
        "_start:\n"
        "    mov x29, #0\n"
        "    mov x30, #0\n"
        "    mov x0, sp\n"
        "    bl start\n"
        "    brk #1\n");
#endif

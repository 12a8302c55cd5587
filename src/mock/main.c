/* Settings, the socket, signals. Process 1 of its container: it handles the signals that end it, and has no child. */
#include "mock.h"

#include <ctype.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <event2/listener.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <time.h>

#define IDLE_SECONDS 60
#define BACKLOG 1024

struct settings settings;
struct event_base *base;

long long now_ms(void) {
    static struct timespec start;
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    if (start.tv_sec == 0) {
        start = now;
    }
    return (now.tv_sec - start.tv_sec) * 1000LL + (now.tv_nsec - start.tv_nsec) / 1000000;
}

/* A whole number that the environment gives; leaves with a sentence when it is another thing. */
static int number(const char *name, int least, int most, int fallback) {
    const char *text = getenv(name);
    if (text == NULL || text[0] == '\0') {
        return fallback;
    }
    char *end = NULL;
    errno = 0;
    const long value = strtol(text, &end, 10);
    if (!isdigit((unsigned char) text[0]) || *end != '\0' || errno != 0 || value < least || value > most) {
        fprintf(stderr, "bitnet-mock: %s is \"%s\"; it has to be a whole number from %d to %d.\n", name, text, least, most);
        exit(1);
    }
    return (int) value;
}

static void read_settings(void) {
    settings.port = number("BITNET_PORT", 1, 65535, 8001);
    settings.delay_ms = number("MOCK_DELAY_MS", 0, 60000, 0);
    settings.start_ms = number("MOCK_START_MS", 0, 3600000, 0);
    settings.fail_every = number("MOCK_FAIL_EVERY", 1, 1000000, 0);
    settings.status = number("MOCK_STATUS", 400, 599, settings.fail_every > 0 ? 500 : 0);
    settings.max_tokens = number("BITNET_MAX_TOKENS", 1, 1 << 20, 4096);
    settings.max_body_bytes = number("BITNET_MAX_BODY_BYTES", 1024, 1 << 30, 1 << 20);
    settings.model = getenv("MOCK_MODEL");
    if (settings.model == NULL || settings.model[0] == '\0') {
        settings.model = "bitnet-mock";
    }
    json_t *as_json = json_string(settings.model);
    if (as_json == NULL || strlen(settings.model) > 200) {
        fputs("bitnet-mock: MOCK_MODEL has to be a name in UTF-8 of at most 200 bytes.\n", stderr);
        exit(1);
    }
    json_decref(as_json);
}

static void on_signal(evutil_socket_t signal_number, short what, void *unused) {
    (void) what;
    (void) unused;
    printf("bitnet-mock: ended by signal %d\n", (int) signal_number);
    event_base_loopbreak(base);
}

static struct event *resume;
static struct evconnlistener *listener;

static void on_resume(evutil_socket_t unused, short what, void *argument) {
    (void) unused;
    (void) what;
    (void) argument;
    evconnlistener_enable(listener);
}

/* Out of file descriptors: whoever waits is let in once others have gone, and we do not spin until then. */
static void on_accept_error(struct evconnlistener *which, void *unused) {
    (void) unused;
    const struct timeval pause = {.tv_sec = 0, .tv_usec = 50000};
    evconnlistener_disable(which);
    event_add(resume, &pause);
}

static void listen_on_port(struct evhttp *http) {
    const struct sockaddr_in address = {
        .sin_family = AF_INET,
        .sin_port = htons((uint16_t) settings.port),
        .sin_addr = {.s_addr = htonl(INADDR_ANY)},
    };
    listener = evconnlistener_new_bind(base, NULL, NULL,
                                       LEV_OPT_CLOSE_ON_FREE | LEV_OPT_CLOSE_ON_EXEC | LEV_OPT_REUSEABLE, BACKLOG,
                                       (const struct sockaddr *) &address, sizeof address);
    if (listener == NULL) {
        fprintf(stderr, "bitnet-mock: Port %d cannot be listened on: %s.\n", settings.port, strerror(errno));
        exit(1);
    }
    /* What is accepted inherits it: each token of a stream leaves at once. */
    const int yes = 1;
    setsockopt(evconnlistener_get_fd(listener), IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    if (evhttp_bind_listener(http, listener) == NULL) {
        abort();
    }
    evconnlistener_set_error_cb(listener, on_accept_error);
}

int main(void) {
    setvbuf(stdout, NULL, _IOLBF, 0);
    now_ms();
    read_settings();
    signal(SIGPIPE, SIG_IGN);
    /* Objects are hashed without a random seed: nothing here depends on it, and no file has to be opened for it. */
    json_object_seed(1);
    base = event_base_new();
    struct evhttp *http = base == NULL ? NULL : evhttp_new(base);
    if (http == NULL) {
        fputs("bitnet-mock: This container cannot wait for events (epoll).\n", stderr);
        return 1;
    }
    evhttp_set_gencb(http, http_route, NULL);
    /* All of them, so that it is we who refuse. */
    evhttp_set_allowed_methods(http, 0xffff);
    evhttp_set_max_headers_size(http, MAX_HEADER_BYTES);
    /* Above our own bound, so that it is we who refuse what is a little too large. */
    evhttp_set_max_body_size(http, 2 * MAX_BODY_BYTES);
    evhttp_set_timeout(http, IDLE_SECONDS);
    resume = event_new(base, -1, 0, on_resume, NULL);
    listen_on_port(http);
    const int ending[] = {SIGTERM, SIGINT, SIGQUIT, SIGHUP};
    for (size_t i = 0; i < sizeof ending / sizeof ending[0]; i++) {
        event_add(evsignal_new(base, ending[i], on_signal, NULL), NULL);
    }
    printf("bitnet-mock: listens on port %d\n", settings.port);
    return event_base_dispatch(base) < 0 ? 1 : 0;
}

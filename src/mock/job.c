/* Tokens -> an answer: at once, after a while, or as a stream that goes as fast as its reader. */
#define _GNU_SOURCE
#include "mock.h"

#include <stdlib.h>
#include <string.h>

#include <event2/buffer.h>
#include <event2/keyvalq_struct.h>

struct counters counters;

static void job_free(struct job *job) {
    if (job->timer != NULL) {
        event_free(job->timer);
    }
    counters.processing--;
    free(job->tokens);
    request_free(&job->request);
    free(job);
}

/* Where in the text the first stop string begins, and which it is; the text's length when there is none. */
static size_t stop_in(const struct request *request, const char *text, size_t length, const char **which) {
    size_t first = length;
    for (int i = 0; i < request->stop_count; i++) {
        const char *found = memmem(text, length, request->stops[i], strlen(request->stops[i]));
        if (found != NULL && (size_t) (found - text) < first) {
            first = (size_t) (found - text);
            *which = request->stops[i];
        }
    }
    return first;
}

/* Makes all tokens of the answer, and cuts it where a stop string begins. */
static void predict(struct job *job) {
    static char text[MAX_TOKENS * MAX_TOKEN_BYTES];
    static size_t ends[MAX_TOKENS];
    const struct request *request = &job->request;
    const int natural = text_natural_length(job->seed);
    const int wanted = request->limit >= 0 ? request->limit : MAX_TOKENS;
    const bool ends_itself = !request->ignore_end && natural <= wanted;
    int count = ends_itself ? natural : wanted;
    job->end = ends_itself ? BY_END : BY_LIMIT;

    struct text generator;
    text_begin(&generator, job->seed);
    size_t length = 0;
    for (int i = 0; i < count; i++) {
        const char *token = text_next(&generator);
        const size_t more = strlen(token);
        memcpy(text + length, token, more);
        length += more;
        ends[i] = length;
    }
    length = stop_in(request, text, length, &job->stop);
    if (job->stop != NULL) {
        job->end = BY_STOP;
    }
    job->tokens = malloc(length + (size_t) count + 1);
    if (job->tokens == NULL) {
        abort();
    }
    char *to = job->tokens;
    size_t begin = 0;
    while (begin < length) {
        const size_t end = ends[job->token_count] < length ? ends[job->token_count] : length;
        memcpy(to, text + begin, end - begin);
        to += end - begin;
        *to++ = '\0';
        begin = end;
        job->token_count++;
    }
    job->next = job->tokens;
}

/* The connection has gone: nobody is left to answer. */
static void on_close(struct evhttp_connection *connection, void *argument) {
    (void) connection;
    struct job *job = argument;
    /* libevent has let go of a request whose connection broke; one that it still holds it frees itself. */
    if (evhttp_request_get_connection(job->http) == NULL) {
        evhttp_request_free(job->http);
    }
    job_free(job);
}

static void forget_connection(struct job *job) {
    evhttp_connection_set_closecb(evhttp_request_get_connection(job->http), NULL, NULL);
}

static void on_whole(evutil_socket_t unused, short what, void *argument) {
    (void) unused;
    (void) what;
    struct job *job = argument;
    forget_connection(job);
    http_send(job->http, 200, format_whole(job));
    job_free(job);
}

static void add_event(struct evbuffer *buffer, json_t *event) {
    if (event == NULL) {
        return;
    }
    char *text = json_dumps(event, JSON_COMPACT);
    json_decref(event);
    if (text == NULL) {
        abort();
    }
    evbuffer_add_printf(buffer, "data: %s\n\n", text);
    free(text);
}

static void on_sent(struct evhttp_connection *connection, void *argument);

/* Sends the next token, or the end. */
static void on_token(evutil_socket_t unused, short what, void *argument) {
    (void) unused;
    (void) what;
    struct job *job = argument;
    struct evbuffer *buffer = evbuffer_new();
    if (buffer == NULL) {
        abort();
    }
    if (job->sent < job->token_count) {
        add_event(buffer, format_token(job, job->next));
        job->next += strlen(job->next) + 1;
        job->sent++;
        evhttp_send_reply_chunk_with_cb(job->http, buffer, on_sent, job);
        evbuffer_free(buffer);
        return;
    }
    add_event(buffer, format_end(job));
    add_event(buffer, format_usage(job));
    if (job->request.interface == CHAT || job->request.interface == TEXT_COMPLETION) {
        evbuffer_add_printf(buffer, "data: [DONE]\n\n");
    }
    forget_connection(job);
    evhttp_send_reply_chunk(job->http, buffer);
    evhttp_send_reply_end(job->http);
    evbuffer_free(buffer);
    job_free(job);
}

static void after(struct job *job, long long milliseconds) {
    const struct timeval time = {.tv_sec = milliseconds / 1000, .tv_usec = milliseconds % 1000 * 1000};
    if (event_add(job->timer, &time) != 0) {
        abort();
    }
}

/* The token has left: only now comes the next, so that a slow reader does not fill the memory. */
static void on_sent(struct evhttp_connection *connection, void *argument) {
    (void) connection;
    struct job *job = argument;
    after(job, job->delay_ms);
}

static void start_stream(struct job *job) {
    struct evkeyvalq *headers = evhttp_request_get_output_headers(job->http);
    evhttp_add_header(headers, "Content-Type", "text/event-stream");
    evhttp_add_header(headers, "Cache-Control", "no-cache");
    evhttp_send_reply_start(job->http, 200, "OK");
    struct evbuffer *buffer = evbuffer_new();
    if (buffer == NULL) {
        abort();
    }
    add_event(buffer, format_token(job, NULL));
    evhttp_send_reply_chunk(job->http, buffer);
    evbuffer_free(buffer);
    after(job, job->delay_ms);
}

void job_start(struct evhttp_request *http, struct request *request, int delay_ms) {
    struct job *job = calloc(1, sizeof *job);
    if (job == NULL) {
        abort();
    }
    job->request = *request;
    job->http = http;
    job->delay_ms = delay_ms;
    job->seed = hash_of(request->prompt, strlen(request->prompt));
    job->prompt_tokens = text_count(request->prompt);
    predict(job);
    counters.processing++;
    counters.prompt_tokens += (uint64_t) job->prompt_tokens;
    counters.predicted_tokens += (uint64_t) job->token_count;
    evhttp_connection_set_closecb(evhttp_request_get_connection(http), on_close, job);
    job->timer = event_new(base, -1, 0, request->stream ? on_token : on_whole, job);
    if (job->timer == NULL) {
        abort();
    }
    if (request->stream) {
        start_stream(job);
    } else {
        after(job, (long long) delay_ms * job->token_count);
    }
}

/*
 * bitnet-mock: stands in for a BitNet server in the tests of other services. It speaks HTTP as llama-server does and
 * needs neither a model nor BitNet; the same prompt always gets the same answer, byte for byte.
 *
 * HTTP is libevent's (BSD), JSON is Jansson's (MIT); both are linked statically. One thread, no file is opened.
 *
 *   main.c     settings, the socket, signals
 *   http.c     routes, refusals, what is not about text
 *   request.c  a body of JSON -> what is asked for
 *   generate.c what a body for /generate may hold
 *   text.c     a prompt -> tokens
 *   job.c      tokens -> an answer, at once, after a while or as a stream
 *   format.c   the JSON of each interface
 */
#ifndef BITNET_MOCK_H
#define BITNET_MOCK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <event2/event.h>
#include <event2/http.h>
#include <jansson.h>

/* Tokens of one answer at most; what asks for more gets these. */
#define MAX_TOKENS 4096
/* Of /generate, where nothing is said. */
#define GENERATE_TOKENS 128
#define MAX_TOKEN_BYTES 15
/* Longest stop string, in bytes, and how many of them; llama-server has no bound, OpenAI takes four. */
#define MAX_STOP_BYTES 256
#define MAX_STOPS 16
/* Answers being written at the same time; who comes then is refused with 503. */
#define MAX_JOBS 512
/* Largest body that is read, in bytes; a larger one is refused with 413. */
#define MAX_BODY_BYTES (4 * 1024 * 1024)
#define MAX_HEADER_BYTES (32 * 1024)

/* ---- main.c -------------------------------------------------------------------------------------------------- */

/* What the environment says; see docs/mock.md. 0 where it says nothing. */
struct settings {
    int port;
    const char *model;
    int delay_ms;
    int start_ms;
    int status;
    int fail_every;
    /* Of /generate. */
    int max_tokens;
    int max_body_bytes;
};

extern struct settings settings;
extern struct event_base *base;

/* Milliseconds since the start. */
long long now_ms(void);

/* ---- text.c -------------------------------------------------------------------------------------------------- */

/* Writes tokens one after the other: words with the space before them, and punctuation. */
struct text {
    uint64_t state;
    int words_left_in_sentence;
    bool begins_sentence;
    bool begins_text;
};

/* FNV-1a of 64 bits (http://www.isthe.com/chongo/tech/comp/fnv/). */
uint64_t hash_of(const char *bytes, size_t length);

void text_begin(struct text *text, uint64_t seed);

/* The next token, in a static buffer. */
const char *text_next(struct text *text);

/* How many tokens an answer has when nothing limits it. */
int text_natural_length(uint64_t seed);

/* Tokens of a prompt, as a tokenizer of four bytes a token would count; at least one. */
int text_count(const char *prompt);

/* ---- request.c ----------------------------------------------------------------------------------------------- */

enum interface { COMPLETION, GENERATE, CHAT, TEXT_COMPLETION };

struct request {
    enum interface interface;
    char *prompt;
    /* -1: until the answer ends by itself. */
    int limit;
    bool ignore_end;
    bool stream;
    bool include_usage;
    int stop_count;
    char *stops[MAX_STOPS];
};

/* Reads a body; NULL when it can be used, else what is wrong with it, in static memory. Free it in both cases. */
const char *request_read(struct request *request, enum interface interface, const char *body, size_t length);
void request_free(struct request *request);

/* ---- generate.c ---------------------------------------------------------------------------------------------- */

/* What is wrong with a body for /generate, in static memory and without a full stop; NULL when it can be used. */
const char *generate_wrong(json_t *body);

/* ---- job.c --------------------------------------------------------------------------------------------------- */

enum end { BY_END, BY_LIMIT, BY_STOP };

/* An answer that is being given. */
struct job {
    struct request request;
    struct evhttp_request *http;
    struct event *timer;
    int delay_ms;
    uint64_t seed;
    int prompt_tokens;
    /* The whole answer: its tokens, one after the other, with a NUL after each. */
    char *tokens;
    int token_count;
    enum end end;
    /* The stop string that ended it, one of the request's; NULL unless BY_STOP. */
    const char *stop;
    /* Sent so far, and where the next token begins. */
    int sent;
    const char *next;
};

/* Answers; takes the request over. */
void job_start(struct evhttp_request *http, struct request *request, int delay_ms);

struct counters {
    uint64_t requests;
    uint64_t refused;
    uint64_t prompt_tokens;
    uint64_t predicted_tokens;
    int processing;
};

extern struct counters counters;

/* ---- format.c ------------------------------------------------------------------------------------------------ */

/* The whole answer. */
json_t *format_whole(const struct job *job);

/* One event of a stream with the token; NULL for the one that begins it, which not every interface has. */
json_t *format_token(const struct job *job, const char *token);

/* The event that ends the text, and the one after it with the usage; NULL where there is none. */
json_t *format_end(const struct job *job);
json_t *format_usage(const struct job *job);

/* ---- http.c -------------------------------------------------------------------------------------------------- */

/* Answers a request. */
void http_route(struct evhttp_request *request, void *unused);

/* Sends JSON, and frees it. */
void http_send(struct evhttp_request *request, int status, json_t *body);

#endif

/* Routes, refusals, and what is not about text. Errors have llama-server's shape. */
#include "mock.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <event2/buffer.h>
#include <event2/keyvalq_struct.h>

#include "documents.h"

static const char JSON_TYPE[] = "application/json; charset=utf-8";

static void send_bytes(struct evhttp_request *request, int status, const char *type, const char *body, size_t length) {
    struct evkeyvalq *headers = evhttp_request_get_output_headers(request);
    evhttp_add_header(headers, "Content-Type", type);
    struct evbuffer *buffer = evbuffer_new();
    if (buffer == NULL) {
        abort();
    }
    if (evhttp_request_get_command(request) != EVHTTP_REQ_HEAD) {
        evbuffer_add(buffer, body, length);
    }
    char size[24];
    snprintf(size, sizeof size, "%zu", length);
    evhttp_add_header(headers, "Content-Length", size);
    evhttp_send_reply(request, status, NULL, buffer);
    evbuffer_free(buffer);
}

void http_send(struct evhttp_request *request, int status, json_t *body) {
    char *text = json_dumps(body, JSON_COMPACT);
    json_decref(body);
    if (text == NULL) {
        abort();
    }
    send_bytes(request, status, JSON_TYPE, text, strlen(text));
    free(text);
}

static const char *type_of(int status) {
    switch (status) {
        case 400:
        case 405:
        case 413:
            return "invalid_request_error";
        case 401:
            return "authentication_error";
        case 403:
            return "permission_error";
        case 404:
            return "not_found_error";
        case 429:
            return "rate_limit_error";
        case 501:
            return "not_supported_error";
        case 503:
            return "unavailable_error";
        default:
            return "server_error";
    }
}

static void refuse(struct evhttp_request *request, int status, const char *message) {
    counters.refused++;
    if (status == 429 || status == 503) {
        evhttp_add_header(evhttp_request_get_output_headers(request), "Retry-After", "1");
    }
    http_send(request, status,
              json_pack("{s{si,ss,ss}}", "error", "code", status, "message", message, "type", type_of(status)));
}

/* The whole number from 0 to most that a header gives; -1 when it is not there, -2 when it is something else. */
static int number_in(struct evhttp_request *request, const char *header, int most) {
    const char *text = evhttp_find_header(evhttp_request_get_input_headers(request), header);
    if (text == NULL) {
        return -1;
    }
    char *end = NULL;
    const long value = strtol(text, &end, 10);
    return !isdigit((unsigned char) text[0]) || *end != '\0' || value > most ? -2 : (int) value;
}

static void health(struct evhttp_request *request) {
    http_send(request, 200, json_pack("{ss}", "status", "ok"));
}

static void models(struct evhttp_request *request) {
    http_send(request, 200,
              json_pack("{ss,s[{ss,ss,si,ss}]}", "object", "list", "data", "id", settings.model, "object", "model",
                        "created", 1735689600, "owned_by", "bitnet-mock"));
}

/* https://prometheus.io/docs/instrumenting/exposition_formats/, with llama-server's names. */
static void metrics(struct evhttp_request *request) {
    char text[2048];
    const int length = snprintf(
        text, sizeof text,
        "# HELP llamacpp:prompt_tokens_total Number of prompt tokens processed.\n"
        "# TYPE llamacpp:prompt_tokens_total counter\n"
        "llamacpp:prompt_tokens_total %llu\n"
        "# HELP llamacpp:tokens_predicted_total Number of generation tokens processed.\n"
        "# TYPE llamacpp:tokens_predicted_total counter\n"
        "llamacpp:tokens_predicted_total %llu\n"
        "# HELP llamacpp:requests_processing Number of requests processing.\n"
        "# TYPE llamacpp:requests_processing gauge\n"
        "llamacpp:requests_processing %d\n"
        "# HELP llamacpp:requests_deferred Number of requests deferred.\n"
        "# TYPE llamacpp:requests_deferred gauge\n"
        "llamacpp:requests_deferred 0\n"
        "# HELP bitnet_mock_requests_total Number of requests of any kind.\n"
        "# TYPE bitnet_mock_requests_total counter\n"
        "bitnet_mock_requests_total %llu\n"
        "# HELP bitnet_mock_refused_total Number of requests that were answered with an error.\n"
        "# TYPE bitnet_mock_refused_total counter\n"
        "bitnet_mock_refused_total %llu\n",
        (unsigned long long) counters.prompt_tokens, (unsigned long long) counters.predicted_tokens, counters.processing,
        (unsigned long long) counters.requests, (unsigned long long) counters.refused);
    send_bytes(request, 200, "text/plain; version=0.0.4; charset=utf-8", text, (size_t) length);
}

static void docs(struct evhttp_request *request) {
    send_bytes(request, 200, "text/html; charset=utf-8", BITNET_DOCS, sizeof BITNET_DOCS - 1);
}

static void openapi(struct evhttp_request *request) {
    send_bytes(request, 200, "application/json", BITNET_OPENAPI, sizeof BITNET_OPENAPI - 1);
}

/* Whether the settings let this one fail, and with what; 0 if not. */
static int injected_failure(void) {
    static unsigned long long asked;
    asked++;
    if (settings.fail_every > 0) {
        return asked % (unsigned long long) settings.fail_every == 0 ? settings.status : 0;
    }
    return settings.fail_every == 0 ? settings.status : 0;
}

static void generate(struct evhttp_request *http, enum interface interface) {
    const int failure = injected_failure();
    if (failure != 0) {
        refuse(http, failure, "bitnet-mock was told to fail (MOCK_STATUS).");
        return;
    }
    const int delay = number_in(http, "X-Mock-Delay-Ms", 60000);
    if (delay == -2) {
        refuse(http, 400, "The header X-Mock-Delay-Ms must be a whole number from 0 to 60000.");
        return;
    }
    if (counters.processing >= MAX_JOBS) {
        refuse(http, 503, "Too many requests are being answered.");
        return;
    }
    struct evbuffer *buffer = evhttp_request_get_input_buffer(http);
    const size_t length = evbuffer_get_length(buffer);
    if (length > MAX_BODY_BYTES) {
        refuse(http, 413, "The body is larger than 4 MiB.");
        return;
    }
    if (interface == GENERATE && length > (size_t) settings.max_body_bytes) {
        char message[96];
        snprintf(message, sizeof message, "The request is larger than %d bytes (BITNET_MAX_BODY_BYTES).",
                 settings.max_body_bytes);
        refuse(http, 413, message);
        return;
    }
    const char *body = length == 0 ? "" : (const char *) evbuffer_pullup(buffer, -1);
    struct request request;
    const char *wrong = request_read(&request, interface, body, length);
    if (wrong != NULL) {
        char message[256];
        snprintf(message, sizeof message, interface == GENERATE ? "%s." : "The request cannot be answered: %s.", wrong);
        request_free(&request);
        refuse(http, 400, message);
        return;
    }
    job_start(http, &request, delay >= 0 ? delay : settings.delay_ms);
}

struct route {
    const char *path;
    /* What answers GET; NULL for what takes a POST. */
    void (*get)(struct evhttp_request *request);
    enum interface interface;
};

static const struct route ROUTES[] = {
    {"/health", health, 0},
    {"/metrics", metrics, 0},
    {"/v1/models", models, 0},
    {"/models", models, 0},
    {"/docs", docs, 0},
    {"/openapi.json", openapi, 0},
    {"/completion", NULL, COMPLETION},
    {"/completions", NULL, COMPLETION},
    {"/generate", NULL, GENERATE},
    {"/v1/chat/completions", NULL, CHAT},
    {"/chat/completions", NULL, CHAT},
    {"/v1/completions", NULL, TEXT_COMPLETION},
};

static const struct route *find_route(const char *path) {
    for (size_t i = 0; path != NULL && i < sizeof ROUTES / sizeof ROUTES[0]; i++) {
        if (strcmp(path, ROUTES[i].path) == 0) {
            return &ROUTES[i];
        }
    }
    return NULL;
}

void http_route(struct evhttp_request *request, void *unused) {
    (void) unused;
    counters.requests++;
    evhttp_add_header(evhttp_request_get_output_headers(request), "Server", "bitnet-mock");
    const int asked = number_in(request, "X-Mock-Status", 599);
    if (asked != -1) {
        const bool usable = asked >= 400;
        refuse(request, usable ? asked : 400,
               usable ? "bitnet-mock was asked to fail (X-Mock-Status)."
                      : "The header X-Mock-Status must be a whole number from 400 to 599.");
        return;
    }
    const struct evhttp_uri *uri = evhttp_request_get_evhttp_uri(request);
    const struct route *route = find_route(uri == NULL ? NULL : evhttp_uri_get_path(uri));
    const enum evhttp_cmd_type method = evhttp_request_get_command(request);
    if (route == NULL) {
        refuse(request, 404, "File Not Found");
    } else if (route->get != NULL ? method != EVHTTP_REQ_GET && method != EVHTTP_REQ_HEAD : method != EVHTTP_REQ_POST) {
        evhttp_add_header(evhttp_request_get_output_headers(request), "Allow", route->get != NULL ? "GET, HEAD" : "POST");
        refuse(request, 405, "Method Not Allowed");
    } else if (now_ms() < settings.start_ms && route->get != metrics) {
        refuse(request, 503, "Loading model");
    } else if (route->get != NULL) {
        route->get(request);
    } else {
        generate(request, route->interface);
    }
}

/* A body of JSON -> what is asked for. Fields that change nothing here, such as temperature, are not looked at. */
#include "mock.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A growing string. */
struct builder {
    char *text;
    size_t length;
    size_t room;
};

static void append(struct builder *to, const char *text) {
    const size_t more = strlen(text);
    if (to->length + more + 1 > to->room) {
        to->room = (to->length + more + 1) * 2;
        to->text = realloc(to->text, to->room);
        if (to->text == NULL) {
            abort();
        }
    }
    memcpy(to->text + to->length, text, more + 1);
    to->length += more;
}

static char *copy(const json_t *string) {
    struct builder same = {0};
    append(&same, json_string_value(string));
    return same.text;
}

/* The prompt of a completion: a string, or an array of strings and numbers of tokens. NULL for anything else. */
static char *prompt_of(const json_t *prompt) {
    if (json_is_string(prompt)) {
        return copy(prompt);
    }
    if (json_array_size(prompt) == 0) {
        return NULL;
    }
    struct builder joined = {0};
    for (size_t i = 0; i < json_array_size(prompt); i++) {
        const json_t *part = json_array_get(prompt, i);
        if (json_is_integer(part)) {
            char number[32];
            snprintf(number, sizeof number, "%lld ", (long long) json_integer_value(part));
            append(&joined, number);
        } else if (json_is_string(part)) {
            append(&joined, json_string_value(part));
        } else {
            free(joined.text);
            return NULL;
        }
    }
    return joined.text;
}

/* The text of a message: a string, null, or an array of parts, of which those with a text count. False if none. */
static bool append_content(struct builder *to, const json_t *content) {
    if (json_is_string(content)) {
        append(to, json_string_value(content));
        return true;
    }
    if (content == NULL || json_is_null(content)) {
        return true; /* An assistant's message that only calls tools. */
    }
    for (size_t i = 0; i < json_array_size(content); i++) {
        const json_t *text = json_object_get(json_array_get(content, i), "text");
        if (json_is_string(text)) {
            append(to, json_string_value(text));
        }
    }
    return json_is_array(content);
}

static const char *read_messages(struct request *request, const json_t *messages) {
    if (json_array_size(messages) == 0) {
        return "\"messages\" must be an array of messages, and not empty";
    }
    struct builder prompt = {0};
    const char *wrong = NULL;
    for (size_t i = 0; wrong == NULL && i < json_array_size(messages); i++) {
        const json_t *message = json_array_get(messages, i);
        const json_t *role = json_object_get(message, "role");
        if (!json_is_string(role)) {
            wrong = "each of \"messages\" must be an object with a \"role\"";
            break;
        }
        append(&prompt, json_string_value(role));
        append(&prompt, "\n");
        if (!append_content(&prompt, json_object_get(message, "content"))) {
            wrong = "the \"content\" of a message must be a string or an array of parts";
        }
        append(&prompt, "\n");
    }
    request->prompt = prompt.text;
    return wrong;
}

static const char *read_stop(struct request *request, const json_t *stop) {
    if (!json_is_string(stop) || json_string_length(stop) > MAX_STOP_BYTES) {
        return "\"stop\" must be a string of at most 256 bytes, or an array of such strings";
    }
    if (json_string_length(stop) == 0) {
        return NULL;
    }
    if (request->stop_count == MAX_STOPS) {
        return "\"stop\" must not hold more than 16 strings";
    }
    request->stops[request->stop_count++] = copy(stop);
    return NULL;
}

static const char *read_stops(struct request *request, const json_t *stop) {
    if (stop == NULL || json_is_null(stop)) {
        return NULL;
    }
    if (!json_is_array(stop)) {
        return read_stop(request, stop);
    }
    const char *wrong = NULL;
    for (size_t i = 0; wrong == NULL && i < json_array_size(stop); i++) {
        wrong = read_stop(request, json_array_get(stop, i));
    }
    return wrong;
}

static const char *read_limit(struct request *request, const json_t *body) {
    static const char *const names[] = {"n_predict", "max_completion_tokens", "max_tokens", "max_new_tokens"};
    request->limit = request->interface == GENERATE ? GENERATE_TOKENS : -1;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        const json_t *limit = json_object_get(body, names[i]);
        if (limit == NULL || json_is_null(limit)) {
            continue;
        }
        if (!json_is_integer(limit)) {
            return "the number of tokens must be a whole number";
        }
        const json_int_t value = json_integer_value(limit);
        request->limit = value < 0 ? -1 : value > MAX_TOKENS ? MAX_TOKENS : (int) value;
        return NULL;
    }
    return NULL;
}

static const char *read_fields(struct request *request, json_t *body) {
    if (request->interface != GENERATE && !json_is_object(body)) {
        return "the body must be a JSON object";
    }
    const char *wrong = NULL;
    if (request->interface == GENERATE) {
        wrong = generate_wrong(body);
        if (wrong != NULL) {
            return wrong;
        }
    }
    if (request->interface == CHAT) {
        wrong = read_messages(request, json_object_get(body, "messages"));
    } else {
        request->prompt = prompt_of(json_object_get(body, "prompt"));
        wrong = request->prompt == NULL ? "\"prompt\" must be a string, or an array of strings and tokens" : NULL;
    }
    if (wrong == NULL) {
        wrong = read_limit(request, body);
    }
    if (wrong == NULL) {
        wrong = read_stops(request, json_object_get(body, "stop"));
    }
    const json_t *stream = json_object_get(body, "stream");
    if (wrong == NULL && stream != NULL && !json_is_boolean(stream) && !json_is_null(stream)) {
        wrong = "\"stream\" must be true or false";
    }
    request->stream = json_is_true(stream);
    request->ignore_end = json_is_true(json_object_get(body, "ignore_eos"));
    request->include_usage = json_is_true(json_object_get(json_object_get(body, "stream_options"), "include_usage"));
    return wrong;
}

const char *request_read(struct request *request, enum interface interface, const char *body, size_t length) {
    memset(request, 0, sizeof *request);
    request->interface = interface;
    if (interface == GENERATE && length == 0) {
        return "The request: Field required";
    }
    json_error_t error;
    json_t *json = json_loadb(body, length, interface == GENERATE ? JSON_DECODE_ANY : 0, &error);
    if (json == NULL) {
        static char wrong[64];
        snprintf(wrong, sizeof wrong,
                 interface == GENERATE ? "%d: JSON decode error" : "the body is not JSON (after %d bytes)", error.position);
        return wrong;
    }
    const char *wrong = read_fields(request, json);
    json_decref(json);
    return wrong;
}

void request_free(struct request *request) {
    free(request->prompt);
    request->prompt = NULL;
    while (request->stop_count > 0) {
        free(request->stops[--request->stop_count]);
    }
}

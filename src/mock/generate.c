/* What /generate takes: the fields, bounds and sentences of the Python server (src/server/bitnet_server/generate.py). */
#include "mock.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define MAX_NAME_BYTES 100

struct number {
    const char *name;
    bool whole;
    bool may_be_null;
    double least;
    double most;
    bool above_least;
};

static char message[MAX_NAME_BYTES + 128];

static const char *wrong_number(const struct number *number, const json_t *value) {
    if (value == NULL || (number->may_be_null && json_is_null(value))) {
        return NULL;
    }
    if (number->whole ? !json_is_integer(value) : !json_is_number(value)) {
        snprintf(message, sizeof message, "%s: Input should be a valid %s", number->name,
                 number->whole ? "integer" : "number");
        return message;
    }
    const double real = json_number_value(value);
    if (number->above_least ? real <= number->least : real < number->least) {
        snprintf(message, sizeof message, "%s: Input should be greater than %s%.17g", number->name,
                 number->above_least ? "" : "or equal to ", number->least);
        return message;
    }
    if (real > number->most) {
        snprintf(message, sizeof message, "%s: Input should be less than or equal to %.17g", number->name, number->most);
        return message;
    }
    return NULL;
}

static const char *wrong_stop(const json_t *stop) {
    if (stop == NULL) {
        return NULL;
    }
    if (!json_is_array(stop)) {
        return "stop: Input should be a valid list";
    }
    if (json_array_size(stop) > MAX_STOPS) {
        snprintf(message, sizeof message, "stop: List should have at most %d items after validation, not %zu", MAX_STOPS,
                 json_array_size(stop));
        return message;
    }
    for (size_t i = 0; i < json_array_size(stop); i++) {
        if (!json_is_string(json_array_get(stop, i))) {
            snprintf(message, sizeof message, "stop.%zu: Input should be a valid string", i);
            return message;
        }
    }
    return NULL;
}

static const char *wrong_prompt(const json_t *prompt) {
    if (prompt == NULL) {
        return "prompt: Field required";
    }
    if (!json_is_string(prompt)) {
        return "prompt: Input should be a valid string";
    }
    return json_string_length(prompt) == 0 ? "prompt: String should have at least 1 character" : NULL;
}

static const char *unknown_field(json_t *body, const char *limit) {
    const char *const known[] = {"prompt", limit, "temperature", "top_p", "top_k", "seed", "stop", "stream"};
    const char *name;
    json_t *value;
    json_object_foreach(body, name, value) {
        bool is_known = false;
        for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
            is_known = is_known || strcmp(name, known[i]) == 0;
        }
        if (!is_known) {
            /* Cut between two characters: what is no UTF-8 is no JSON. */
            size_t length = strnlen(name, MAX_NAME_BYTES);
            while (length > 0 && ((unsigned char) name[length] & 0xc0) == 0x80) {
                length--;
            }
            snprintf(message, sizeof message, "%.*s: Extra inputs are not permitted", (int) length, name);
            return message;
        }
    }
    return NULL;
}

const char *generate_wrong(json_t *body) {
    if (!json_is_object(body)) {
        return "The request: Input should be a valid dictionary or object to extract fields from";
    }
    const json_t *max_tokens = json_object_get(body, "max_tokens");
    const json_t *n_predict = json_object_get(body, "n_predict");
    const json_t *limit = max_tokens == NULL ? n_predict : max_tokens;
    const char *const limit_name = max_tokens == NULL && n_predict != NULL ? "n_predict" : "max_tokens";
    const struct number numbers[] = {
        {limit_name, true, false, 1, INFINITY, false},   {"temperature", false, false, 0, 5, false},
        {"top_p", false, true, 0, 1, true},              {"top_k", true, true, 0, INFINITY, false},
        {"seed", true, true, -1, 4294967295.0, false},
    };
    const char *wrong = wrong_prompt(json_object_get(body, "prompt"));
    for (size_t i = 0; wrong == NULL && i < sizeof numbers / sizeof numbers[0]; i++) {
        wrong = wrong_number(&numbers[i], json_object_get(body, numbers[i].name));
    }
    if (wrong == NULL) {
        wrong = wrong_stop(json_object_get(body, "stop"));
    }
    const json_t *stream = json_object_get(body, "stream");
    if (wrong == NULL && stream != NULL && !json_is_boolean(stream)) {
        wrong = "stream: Input should be a valid boolean";
    }
    if (wrong == NULL) {
        wrong = unknown_field(body, limit_name);
    }
    const json_int_t tokens = limit == NULL ? GENERATE_TOKENS : json_integer_value(limit);
    if (wrong == NULL && tokens > settings.max_tokens) {
        snprintf(message, sizeof message, "max_tokens: at most %d (BITNET_MAX_TOKENS)", settings.max_tokens);
        wrong = message;
    }
    return wrong;
}

/*
 * The JSON of each interface: llama-server's own (llama.cpp, examples/server/README.md; the names of 2024 and the newer
 * ones side by side), /generate of the Python server, and OpenAI's (https://platform.openai.com/docs/api-reference).
 * Nothing in it depends on the time or the machine.
 */
#include "mock.h"

#include <stdio.h>
#include <string.h>

/* 1 January 2025: "created" must be a number, and answers repeatable. */
#define CREATED 1735689600

static json_t *usage_of(const struct job *job) {
    return json_pack("{si,si,si}", "prompt_tokens", job->prompt_tokens, "completion_tokens", job->token_count,
                     "total_tokens", job->prompt_tokens + job->token_count);
}

/* As the delay makes it; a millisecond a token where there is none. */
static json_t *timings_of(const struct job *job) {
    const double each = job->delay_ms > 0 ? job->delay_ms : 1;
    return json_pack("{si,sf,sf,sf,si,sf,sf,sf}", "prompt_n", job->prompt_tokens, "prompt_ms", (double) job->prompt_tokens,
                     "prompt_per_token_ms", 1.0, "prompt_per_second", 1000.0, "predicted_n", job->token_count,
                     "predicted_ms", job->token_count * each, "predicted_per_token_ms", each, "predicted_per_second",
                     1000.0 / each);
}

/* The tokens without what is between them. */
static json_t *content_of(const struct job *job) {
    static char content[MAX_TOKENS * MAX_TOKEN_BYTES];
    size_t length = 0;
    const char *token = job->tokens;
    for (int i = 0; i < job->token_count; i++) {
        const size_t more = strlen(token);
        memcpy(content + length, token, more);
        length += more;
        token += more + 1;
    }
    return json_stringn(content, length);
}

static const char *finish_reason(const struct job *job) {
    return job->end == BY_LIMIT ? "length" : "stop";
}

static json_t *completion(const struct job *job, json_t *content) {
    const char *const type = job->end == BY_END ? "eos" : job->end == BY_LIMIT ? "limit" : "word";
    return json_pack("{si,so,si,sb,ss,si,si,s{ss,si,sf,si},ss,sb,sb,sb,sb,ss,ss,si,so}",
                     "index", 0, "content", content, "id_slot", 0, "stop", 1, "model", settings.model,
                     "tokens_predicted", job->token_count, "tokens_evaluated", job->prompt_tokens,
                     "generation_settings", "model", settings.model, "n_predict", job->request.limit, "temperature", 0.0,
                     "seed", 0, "prompt", job->request.prompt, "truncated", 0, "stopped_eos", job->end == BY_END,
                     "stopped_word", job->end == BY_STOP, "stopped_limit", job->end == BY_LIMIT, "stop_type", type,
                     "stopping_word", job->stop == NULL ? "" : job->stop, "tokens_cached",
                     job->prompt_tokens + job->token_count, "timings", timings_of(job));
}

static json_t *generated(const struct job *job) {
    const char *const reason = job->end == BY_END ? "end" : job->end == BY_LIMIT ? "length" : "stop";
    return json_pack("{so,si,si,ss,sf}", "text", content_of(job), "tokens", job->token_count, "prompt_tokens",
                     job->prompt_tokens, "stop_reason", reason, "tokens_per_second",
                     1000.0 / (job->delay_ms > 0 ? job->delay_ms : 1));
}

/* The frame of OpenAI's answers; the id is the seed, so that it is the same for the same question. */
static json_t *openai(const struct job *job, const char *object, json_t *choices) {
    char id[48];
    snprintf(id, sizeof id, "%s-%016llx", job->request.interface == CHAT ? "chatcmpl" : "cmpl",
             (unsigned long long) job->seed);
    return json_pack("{ss,ss,si,ss,ss,so}", "id", id, "object", object, "created", CREATED, "model", settings.model,
                     "system_fingerprint", "bitnet-mock", "choices", choices);
}

/* A choice of a stream; the finish reason is null until the end. */
static json_t *choice(const struct job *job, json_t *delta, bool end) {
    json_t *reason = end ? json_string(finish_reason(job)) : json_null();
    return json_pack("[{si,so,so,sn}]", "index", 0, job->request.interface == CHAT ? "delta" : "text", delta,
                     "finish_reason", reason, "logprobs");
}

static const char *chunk_name(const struct job *job) {
    return job->request.interface == CHAT ? "chat.completion.chunk" : "text_completion";
}

json_t *format_whole(const struct job *job) {
    json_t *whole;
    switch (job->request.interface) {
        case COMPLETION:
            return completion(job, content_of(job));
        case GENERATE:
            return generated(job);
        case CHAT:
            whole = openai(job, "chat.completion",
                           json_pack("[{si,s{ss,so},ss,sn}]", "index", 0, "message", "role", "assistant", "content",
                                     content_of(job),
                                     "finish_reason", finish_reason(job), "logprobs"));
            break;
        default:
            whole = openai(job, "text_completion",
                           json_pack("[{si,so,ss,sn}]", "index", 0, "text", content_of(job), "finish_reason", finish_reason(job),
                                     "logprobs"));
            break;
    }
    json_object_set_new(whole, "usage", usage_of(job));
    return whole;
}

json_t *format_token(const struct job *job, const char *token) {
    switch (job->request.interface) {
        case COMPLETION:
            return token == NULL ? NULL
                                 : json_pack("{si,ss,si,sb,si,si}", "index", 0, "content", token, "id_slot", 0, "stop", 0,
                                             "tokens_predicted", job->sent + 1, "tokens_evaluated", job->prompt_tokens);
        case GENERATE:
            return token == NULL ? NULL : json_pack("{ss}", "text", token);
        case CHAT:
            return openai(job, chunk_name(job),
                          choice(job,
                                 token == NULL ? json_pack("{ss,sn}", "role", "assistant", "content")
                                               : json_pack("{ss}", "content", token),
                                 false));
        default:
            return token == NULL ? NULL : openai(job, chunk_name(job), choice(job, json_string(token), false));
    }
}

json_t *format_end(const struct job *job) {
    json_t *end;
    switch (job->request.interface) {
        case COMPLETION:
            return completion(job, json_string(""));
        case GENERATE:
            end = json_pack("{sb}", "done", 1);
            json_object_update_new(end, generated(job));
            return end;
        case CHAT:
            return openai(job, chunk_name(job), choice(job, json_object(), true));
        default:
            return openai(job, chunk_name(job), choice(job, json_string(""), true));
    }
}

json_t *format_usage(const struct job *job) {
    if (!job->request.include_usage || job->request.interface == COMPLETION || job->request.interface == GENERATE) {
        return NULL;
    }
    json_t *usage = openai(job, chunk_name(job), json_array());
    json_object_set_new(usage, "usage", usage_of(job));
    return usage;
}

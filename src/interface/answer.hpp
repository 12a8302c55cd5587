/*
 * What llama-server's /completion answers, at once or as a stream, and what it is for POST /generate and
 * POST /v1/completions.
 */
#ifndef BITNET_INTERFACE_ANSWER_HPP
#define BITNET_INTERFACE_ANSWER_HPP

#include <atomic>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <ctime>
#include <memory>
#include <string>
#include <utility>

#include "request.hpp"

namespace bitnet {

BITNET_SMALL inline std::string text_of(const Json & json) {
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

BITNET_SMALL inline Json error_body(int status, const std::string & message) {
    Json error;
    error["code"] = status;
    error["message"] = message;
    error["type"] = status < 500 ? "invalid_request_error" : "server_error";
    Json body;
    body["error"] = std::move(error);
    return body;
}

BITNET_SMALL inline void refuse(httplib::Response & res, int status, const std::string & message) {
    res.set_content(text_of(error_body(status, message)), "application/json; charset=utf-8");
    res.status = status;
}

BITNET_SMALL inline bool is_true(const Json & json, const char * name) {
    const Json * value = member(json, name);
    return value != nullptr && value->is_boolean() && value->get<bool>();
}

BITNET_SMALL inline std::string string_in(const Json & json, const char * name) {
    const Json * value = member(json, name);
    return value != nullptr && value->is_string() ? value->get<std::string>() : std::string();
}

BITNET_SMALL inline double number_in(const Json & json, const char * name) {
    const Json * value = member(json, name);
    const double number = value != nullptr && value->is_number() ? value->get<double>() : 0;
    return std::isfinite(number) ? number : 0;
}

BITNET_SMALL inline long long whole_number_in(const Json & json, const char * name) {
    const double number = number_in(json, name);
    return number > 0 && number < 9e15 ? static_cast<long long>(number) : 0;
}

/* What ended the text: its own end, or one of the others. */
BITNET_SMALL inline const char * reason(const Json & completion, const char * by_limit, const char * by_word, const char * by_end) {
    const std::string type = string_in(completion, "stop_type");
    return is_true(completion, "stopped_limit") || type == "limit" ? by_limit
           : is_true(completion, "stopped_word") || type == "word" ? by_word
                                                                   : by_end;
}

/* Makes an interface's answers of those of /completion. */
class Translator {
public:
    virtual ~Translator() = default;

    /* Of an answer that does not stream; a Json that is discarded stands for: it is no answer of /completion. */
    virtual Json whole(const Json & completion) = 0;

    /* Of an event; null for none. */
    virtual Json event(const Json & completion) = 0;

    /* After the last event. */
    virtual const char * end() const = 0;
};

/* What POST /generate answers. */
class Generate : public Translator {
public:
    BITNET_SMALL Json whole(const Json & completion) override {
        Json answer;
        add_answer(answer, completion, string_in(completion, "content"));
        return answer;
    }

    BITNET_SMALL Json event(const Json & completion) override {
        const std::string piece = string_in(completion, "content");
        text += piece;
        Json told;
        if (is_true(completion, "stop")) {
            told["done"] = true;
            add_answer(told, completion, text);
        } else if (!piece.empty()) {
            told["text"] = piece;
        }
        return told;
    }

    const char * end() const override { return ""; }

private:
    std::string text;

    BITNET_SMALL static void add_answer(Json & to, const Json & completion, const std::string & text) {
        const Json * timings = member(completion, "timings");
        to["text"] = text;
        to["tokens"] = whole_number_in(completion, "tokens_predicted");
        to["prompt_tokens"] = whole_number_in(completion, "tokens_evaluated");
        to["stop_reason"] = reason(completion, "length", "stop", "end");
        to["tokens_per_second"] =
            timings == nullptr ? 0.0 : std::round(number_in(*timings, "predicted_per_second") * 100) / 100;
    }
};

/* What POST /v1/completions answers, https://platform.openai.com/docs/api-reference/completions: until 2025 llama-server
 * answered there as /completion does. */
class TextCompletion : public Translator {
public:
    BITNET_SMALL TextCompletion() : created(static_cast<long long>(std::time(nullptr))) {
        static std::atomic<unsigned> asked{0};
        char text[64];
        std::snprintf(text, sizeof text, "cmpl-%llx-%x", created, asked++);
        id = text;
    }

    BITNET_SMALL Json whole(const Json & completion) override {
        const size_t count = completion.is_array() ? completion.size() : 1;
        Json choices = Json::array();
        long long prompt_tokens = 0;
        long long tokens = 0;
        std::string model;
        for (size_t i = 0; i < count; i++) {
            const Json & one = completion.is_array() ? completion[i] : completion;
            if (member(one, "content") == nullptr) {
                return Json(Json::value_t::discarded);
            }
            choices.push_back(choice(one, i, true));
            prompt_tokens += whole_number_in(one, "tokens_evaluated");
            tokens += whole_number_in(one, "tokens_predicted");
            model = string_in(one, "model");
        }
        return answer(std::move(choices), model, prompt_tokens, tokens);
    }

    BITNET_SMALL Json event(const Json & completion) override {
        const bool ends = is_true(completion, "stop");
        Json choices = Json::array();
        choices.push_back(choice(completion, static_cast<size_t>(whole_number_in(completion, "index")), ends));
        return answer(std::move(choices), string_in(completion, "model"), ends ? whole_number_in(completion, "tokens_evaluated") : -1,
                      whole_number_in(completion, "tokens_predicted"));
    }

    const char * end() const override { return "data: [DONE]\n\n"; }

private:
    const long long created;
    std::string id;

    BITNET_SMALL static Json choice(const Json & completion, size_t index, bool ends) {
        Json made;
        made["text"] = string_in(completion, "content");
        made["index"] = index;
        made["logprobs"] = nullptr;
        made["finish_reason"] = nullptr;
        if (ends) {
            made["finish_reason"] = reason(completion, "length", "stop", "stop");
        }
        return made;
    }

    /* Without the usage where prompt_tokens is negative. */
    BITNET_SMALL Json answer(Json choices, const std::string & model, long long prompt_tokens, long long tokens) const {
        Json made;
        made["id"] = id;
        made["object"] = "text_completion";
        made["created"] = created;
        made["model"] = model;
        made["choices"] = std::move(choices);
        if (prompt_tokens >= 0) {
            Json & usage = made["usage"];
            usage["prompt_tokens"] = prompt_tokens;
            usage["completion_tokens"] = tokens;
            usage["total_tokens"] = prompt_tokens + tokens;
        }
        return made;
    }
};

/* Translates the events of /completion, in whatever pieces they come; others are handed on as they are. */
class Stream {
public:
    BITNET_SMALL explicit Stream(std::shared_ptr<Translator> by) : translator(std::move(by)) {
        sink.write = [this](const char * data, size_t length) { return read(data, length); };
        sink.is_writable = [this]() { return out->is_writable(); };
        sink.done = [this]() {
            finish();
            out->done();
        };
        sink.done_with_trailer = [this](const httplib::Headers & trailer) { out->done_with_trailer(trailer); };
    }

    bool provide(const httplib::ContentProvider & provider, size_t offset, size_t length, httplib::DataSink & to) {
        out = &to;
        return provider(offset, length, sink);
    }

private:
    enum Kind { UNKNOWN, OF_COMPLETION, FOREIGN };

    httplib::DataSink sink;
    httplib::DataSink * out = nullptr;
    std::shared_ptr<Translator> translator;
    Kind kind = UNKNOWN;
    std::string rest;

    BITNET_SMALL bool read(const char * data, size_t length) {
        rest.append(data, length);
        size_t begin = 0;
        for (size_t end; kind != FOREIGN && (end = rest.find('\n', begin)) != std::string::npos; begin = end + 1) {
            if (!line(rest.substr(begin, end - begin))) {
                return false;
            }
            if (kind == FOREIGN) {
                break;
            }
        }
        rest.erase(0, begin);
        return kind != FOREIGN || flush();
    }

    BITNET_SMALL bool line(const std::string & text) {
        const bool is_error = text.compare(0, 7, "error: ") == 0;
        if (!is_error && text.compare(0, 6, "data: ") != 0) {
            return true;
        }
        const Json event = Json::parse(text.substr(is_error ? 7 : 6), nullptr, false);
        const Json * error = is_error ? &event : member(event, "error");
        if (error != nullptr) {
            Json told;
            told["error"] = *error;
            return write(told);
        }
        if (!event.is_object()) {
            return write(error_body(502, "llama-server gave an answer that is not JSON."));
        }
        if (kind == UNKNOWN) {
            kind = member(event, "content") == nullptr ? FOREIGN : OF_COMPLETION;
        }
        if (kind == FOREIGN) {
            return true;
        }
        const Json told = translator->event(event);
        return told.is_null() || write(told);
    }

    BITNET_SMALL bool write(const Json & event) {
        const std::string text = "data: " + text_of(event) + "\n\n";
        return out->write(text.data(), text.size());
    }

    BITNET_SMALL bool flush() {
        const std::string text = std::move(rest);
        rest.clear();
        return text.empty() || out->write(text.data(), text.size());
    }

    BITNET_SMALL void finish() {
        const char * end = translator->end();
        if (kind == OF_COMPLETION && end[0] != '\0') {
            out->write(end, std::strlen(end));
        }
    }
};

/* Translates what a handler of /completion answered. */
BITNET_SMALL inline void translate(httplib::Response & res, const std::shared_ptr<Translator> & translator) {
    if (res.status != 200 && res.status != -1) {
        return;
    }
    if (!res.content_provider_) {
        const Json completion = Json::parse(res.body, nullptr, false);
        const Json answer = completion.is_discarded() ? completion : translator->whole(completion);
        if (completion.is_discarded()) {
            refuse(res, 502, "llama-server gave an answer that is not JSON.");
        } else if (!answer.is_discarded()) {
            res.set_content(text_of(answer), "application/json; charset=utf-8");
        }
        return;
    }
    const auto stream = std::make_shared<Stream>(translator);
    const httplib::ContentProvider provider = std::move(res.content_provider_);
    res.content_provider_ = [stream, provider](size_t offset, size_t length, httplib::DataSink & sink) {
        return stream->provide(provider, offset, length, sink);
    };
    if (!res.has_header("Cache-Control")) {
        res.set_header("Cache-Control", "no-cache");
    }
    if (!res.has_header("X-Accel-Buffering")) {
        res.set_header("X-Accel-Buffering", "no");
    }
}

} // namespace bitnet

#endif

/*
 * Gives llama-server the paths of the Python server that it lacks, in its own process and threads: POST /generate,
 * GET /docs and GET /openapi.json; and lets POST /v1/completions answer as OpenAI does where it does not. Nothing of its
 * source is changed: bitnet-interface.cmake lets the compiler read this file before the one that registers the paths,
 * and what is defined at the end makes the registration of /completion register these as well. It uses httplib's
 * requests and responses only, which have been the same since 2024.
 *
 * Environment: BITNET_MAX_TOKENS (default 4096), BITNET_MAX_BODY_BYTES (default 1048576) of /generate.
 */
#ifndef BITNET_INTERFACE_HPP
#define BITNET_INTERFACE_HPP

/* What llama-server's file includes first, with the definitions that belong to it: so it is compiled as ever. */
#if __has_include("utils.hpp")
#include "utils.hpp"
#elif __has_include("server-common.h")
#include "server-common.h"
#endif
#ifndef CPPHTTPLIB_HTTPLIB_H
#if __has_include(<cpp-httplib/httplib.h>)
#include <cpp-httplib/httplib.h>
#elif __has_include("httplib.h")
#include "httplib.h"
#else
#error "bitnet-interface: This llama-server has no httplib.h, so its image would lack /generate, /docs and /openapi.json."
#endif
#endif
#ifndef INCLUDE_NLOHMANN_JSON_HPP_
#if __has_include(<nlohmann/json.hpp>)
#include <nlohmann/json.hpp>
#else
#include "json.hpp"
#endif
#endif

#include <cstring>
#include <exception>
#include <memory>
#include <string>
#include <type_traits>
#include <utility>

#include "answer.hpp"
#include "documents.h"
#include "request.hpp"

namespace bitnet {

using Handler = httplib::Server::Handler;

BITNET_SMALL inline void generate(const Handler & complete, const httplib::Request & req, httplib::Response & res) {
    if (req.body.size() > static_cast<size_t>(max_body_bytes())) {
        refuse(res, 413, "The request is larger than " + std::to_string(max_body_bytes()) + " bytes (BITNET_MAX_BODY_BYTES).");
        return;
    }
    std::string body;
    const std::string found = read(req.body, body);
    if (!found.empty()) {
        refuse(res, 400, found);
        return;
    }
    /* httplib's own, which is no constant and stays as long as the answer streams; a copy would be of the whole body. */
    const_cast<httplib::Request &>(req).body = std::move(body);
    complete(req, res);
    translate(res, std::make_shared<Generate>());
}

/* OpenAI's stop may be a string, that of llama-server is an array. */
BITNET_SMALL inline void allow_one_stop(std::string & body) {
    if (body.find("\"stop\"") == std::string::npos || !is_plain(body)) {
        return;
    }
    Json asked = Json::parse(body, nullptr, false);
    const Json * stop = member(asked, "stop");
    if (stop != nullptr && stop->is_string()) {
        const Json one = *stop;
        asked["stop"] = Json::array({one});
        body = text_of(asked);
    }
}

BITNET_SMALL inline void complete_text(const Handler & complete, const httplib::Request & req, httplib::Response & res) {
    allow_one_stop(const_cast<httplib::Request &>(req).body);
    complete(req, res);
    translate(res, std::make_shared<TextCompletion>());
}

const char COMPLETION[] = "/completion";
const char TEXT_COMPLETION[] = "/v1/completions";
const char GENERATE[] = "/generate";

BITNET_SMALL inline bool ends_with(const std::string & text, const char * end) {
    const size_t length = std::strlen(end);
    return text.size() >= length && text.compare(text.size() - length, length, end) == 0;
}

BITNET_SMALL inline std::string without_end(const std::string & text, const char * end) {
    return text.substr(0, text.size() - std::strlen(end));
}

/* Whoever may not ask /completion may not ask /generate: some versions have a list of what needs the API key. */
BITNET_SMALL inline httplib::Server::HandlerWithResponse guard(const httplib::Server::HandlerWithResponse & handler) {
    return [handler](const httplib::Request & req, httplib::Response & res) {
        if (!ends_with(req.path, GENERATE)) {
            return handler(req, res);
        }
        std::string & path = const_cast<httplib::Request &>(req).path;
        path = without_end(path, GENERATE) + COMPLETION;
        const auto decided = handler(req, res);
        path = without_end(path, COMPLETION) + GENERATE;
        return decided;
    };
}

/* BitNet's llama-server ends when it is to tell of a request that is not UTF-8: its words about it are not UTF-8 either. */
BITNET_SMALL inline httplib::Server::ExceptionHandler told(const httplib::Server::ExceptionHandler & handler) {
    return [handler](const httplib::Request & req, httplib::Response & res, std::exception_ptr thrown) {
        try {
            handler(req, res, thrown);
        } catch (const std::exception &) {
            refuse(res, 400, "The request is not UTF-8.");
        }
    };
}

/* The handler of /completion between its registration and that of the others. */
struct Registered {
    std::string prefix;
    Handler complete;
};

inline Registered & registered() {
    static Registered last;
    return last;
}

/* A handler as it is, or as it is to be; that of /completion is noted. */
BITNET_SMALL inline Handler taken(const std::string & path, const Handler & handler) {
    if (ends_with(path, TEXT_COMPLETION)) {
        return [handler](const httplib::Request & req, httplib::Response & res) { complete_text(handler, req, res); };
    }
    if (ends_with(path, COMPLETION)) {
        registered().prefix = without_end(path, COMPLETION);
        registered().complete = handler;
    }
    return handler;
}

/* The same for whatever can be registered; one that reads the body itself is none of these. */
template <typename F> typename std::enable_if<std::is_convertible<F, Handler>::value, Handler>::type
taken_if(const std::string & path, const F & handler) {
    return taken(path, handler);
}

template <typename F> typename std::enable_if<!std::is_convertible<F, Handler>::value, F>::type
taken_if(const std::string &, const F & handler) {
    return handler;
}

struct Others {};

/* Registers the other paths after /completion. */
BITNET_SMALL inline httplib::Server & operator<<(httplib::Server & server, const Others &) {
    const Handler complete = std::move(registered().complete);
    registered().complete = nullptr;
    if (!complete) {
        return server;
    }
    const std::string prefix = registered().prefix;
    max_tokens();
    max_body_bytes();
    server.Post(prefix + GENERATE, [complete](const httplib::Request & req, httplib::Response & res) {
        generate(complete, req, res);
    });
    server.Get(prefix + "/docs", [](const httplib::Request &, httplib::Response & res) {
        res.set_content(BITNET_DOCS, sizeof BITNET_DOCS - 1, "text/html; charset=utf-8");
    });
    server.Get(prefix + "/openapi.json", [](const httplib::Request &, httplib::Response & res) {
        res.set_content(BITNET_OPENAPI, sizeof BITNET_OPENAPI - 1, "application/json");
    });
    return server;
}

} // namespace bitnet

#define Post(path, ...) Post(path, bitnet::taken_if(path, __VA_ARGS__)) << bitnet::Others()
#define set_pre_routing_handler(...) set_pre_routing_handler(bitnet::guard(__VA_ARGS__))
#define set_exception_handler(...) set_exception_handler(bitnet::told(__VA_ARGS__))

#endif

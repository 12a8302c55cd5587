/*
 * What POST /generate takes, as the Python server does (src/server/bitnet_server/generate.py), and what it is for
 * /completion. A body is looked over before it is parsed, so that no deep or wide one can be a burden.
 */
#ifndef BITNET_INTERFACE_REQUEST_HPP
#define BITNET_INTERFACE_REQUEST_HPP

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <limits>
#include <string>

/* Compiled to be small rather than fast: a few calls for each request, in an image of 5 MB. */
#define BITNET_SMALL __attribute__((cold, noinline))

namespace bitnet {

using Json = nlohmann::ordered_json;

/* ---- the environment ----------------------------------------------------------------------------------------- */

/* A whole number that the environment gives; ends the program with a sentence when it is another thing. */
BITNET_SMALL inline long long setting(const char * name, long long fallback, long long least, long long most) {
    const char * text = std::getenv(name);
    if (text == nullptr || text[0] == '\0') {
        return fallback;
    }
    char * end = nullptr;
    errno = 0;
    const long long value = std::strtoll(text, &end, 10);
    if (errno != 0 || *end != '\0' || value < least || value > most) {
        std::fprintf(stderr, "llama-server: %s is '%.40s', but must be a whole number from %lld to %lld.\n", name, text, least,
                     most);
        std::_Exit(1);
    }
    return value;
}

inline long long max_tokens() {
    static const long long value = setting("BITNET_MAX_TOKENS", 4096, 1, 1 << 20);
    return value;
}

inline long long max_body_bytes() {
    static const long long value = setting("BITNET_MAX_BODY_BYTES", 1 << 20, 1024, 1 << 30);
    return value;
}

/* ---- the request --------------------------------------------------------------------------------------------- */

/* Whether a body, JSON or not, has no more objects, arrays and fields than a request may need: nlohmann's ordered_json
 * takes time that grows with the square of the fields. */
BITNET_SMALL inline bool is_plain(const std::string & body) {
    const int most = 64;
    int found = 0;
    bool in_string = false;
    for (size_t i = 0; i < body.size(); i++) {
        const char c = body[i];
        if (in_string) {
            i += c == '\\' ? 1 : 0;
            in_string = c != '"';
        } else {
            in_string = c == '"';
            found += c == '{' || c == '[' || c == ':' ? 1 : 0;
        }
    }
    return found <= most;
}

/* A member of an object that is not trusted; NULL when there is none. */
BITNET_SMALL inline const Json * member(const Json & json, const char * name) {
    if (!json.is_object()) {
        return nullptr;
    }
    const auto found = json.find(name);
    return found == json.end() ? nullptr : &*found;
}

/* What a number of the request has to be. */
struct Number {
    const char * name;
    bool whole;
    bool may_be_null;
    double least;
    double most;
    bool above_least;
};

BITNET_SMALL inline std::string wrong_number(const Number & number, const Json & value) {
    char text[128];
    text[0] = '\0';
    if (value.is_null() && number.may_be_null) {
        return text;
    }
    if (number.whole ? !value.is_number_integer() : !value.is_number()) {
        std::snprintf(text, sizeof text, "%s: Input should be a valid %s.", number.name, number.whole ? "integer" : "number");
        return text;
    }
    const double real = value.get<double>();
    if (number.above_least ? real <= number.least : real < number.least) {
        std::snprintf(text, sizeof text, "%s: Input should be greater than %s%.17g.", number.name,
                      number.above_least ? "" : "or equal to ", number.least);
    } else if (real > number.most) {
        std::snprintf(text, sizeof text, "%s: Input should be less than or equal to %.17g.", number.name, number.most);
    }
    return text;
}

BITNET_SMALL inline std::string wrong_stop(const Json & stop) {
    const size_t most = 16;
    char text[96];
    text[0] = '\0';
    if (!stop.is_array()) {
        return "stop: Input should be a valid list.";
    }
    if (stop.size() > most) {
        std::snprintf(text, sizeof text, "stop: List should have at most %zu items after validation, not %zu.", most, stop.size());
        return text;
    }
    for (size_t i = 0; i < stop.size(); i++) {
        if (!stop[i].is_string()) {
            std::snprintf(text, sizeof text, "stop.%zu: Input should be a valid string.", i);
            return text;
        }
    }
    return text;
}

/* Hands the fields of /generate on to a body for /completion; says what is wrong with them, in the order in which the
 * Python server finds it, or nothing. */
BITNET_SMALL inline std::string for_completion(const Json & body, Json & asked) {
    const double infinite = std::numeric_limits<double>::infinity();
    const char * limit = member(body, "max_tokens") == nullptr && member(body, "n_predict") != nullptr ? "n_predict" : "max_tokens";
    const Number numbers[] = {
        {limit, true, false, 1, infinite, false},      {"temperature", false, false, 0, 5, false},
        {"top_p", false, true, 0, 1, true},            {"top_k", true, true, 0, infinite, false},
        {"seed", true, true, -1, 4294967295.0, false},
    };
    if (!body.is_object()) {
        return "The request: Input should be a valid dictionary or object to extract fields from.";
    }
    const Json * prompt = member(body, "prompt");
    if (prompt == nullptr) {
        return "prompt: Field required.";
    }
    if (!prompt->is_string()) {
        return "prompt: Input should be a valid string.";
    }
    if (prompt->get_ref<const std::string &>().empty()) {
        return "prompt: String should have at least 1 character.";
    }
    asked["prompt"] = *prompt;
    asked["n_predict"] = 128;
    asked["temperature"] = 0.8;
    asked["stream"] = false;
    size_t known = 1;
    for (const Number & number : numbers) {
        if (const Json * value = member(body, number.name)) {
            const std::string found = wrong_number(number, *value);
            if (!found.empty()) {
                return found;
            }
            if (!value->is_null()) {
                asked[number.name == limit ? "n_predict" : number.name] = *value;
            }
            known++;
        }
    }
    if (const Json * stop = member(body, "stop")) {
        const std::string found = wrong_stop(*stop);
        if (!found.empty()) {
            return found;
        }
        if (!stop->empty()) {
            asked["stop"] = *stop;
        }
        known++;
    }
    if (const Json * stream = member(body, "stream")) {
        if (!stream->is_boolean()) {
            return "stream: Input should be a valid boolean.";
        }
        asked["stream"] = *stream;
        known++;
    }
    if (known < body.size()) {
        for (auto field = body.begin(); field != body.end(); ++field) {
            const std::string & name = field.key();
            if (name != "prompt" && name != "stop" && name != "stream" && name != "temperature" && name != "top_p" &&
                name != "top_k" && name != "seed" && name != limit) {
                return name.substr(0, 100) + ": Extra inputs are not permitted.";
            }
        }
    }
    if (asked["n_predict"].get<double>() > static_cast<double>(max_tokens())) {
        return "max_tokens: at most " + std::to_string(max_tokens()) + " (BITNET_MAX_TOKENS).";
    }
    return "";
}

/* The body for /completion, or what is wrong with the one for /generate. */
BITNET_SMALL inline std::string read(const std::string & text, std::string & to) {
    if (text.empty()) {
        return "The request: Field required.";
    }
    if (!is_plain(text)) {
        return "The request: There are more fields than any request has.";
    }
    try {
        Json asked;
        const std::string found = for_completion(Json::parse(text), asked);
        to = asked.dump();
        return found;
    } catch (const nlohmann::detail::parse_error & error) {
        return std::to_string(error.byte > 0 ? error.byte - 1 : 0) + ": JSON decode error.";
    } catch (const nlohmann::detail::exception &) {
        return "The request: A number is too large.";
    }
}

} // namespace bitnet

#endif

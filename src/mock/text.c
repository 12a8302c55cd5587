/* A prompt -> tokens: sentences of common words, chosen by a generator whose seed is the prompt's hash. */
#include "mock.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

static const char *const WORDS[] = {
    "a",      "again",  "all",    "and",    "answer", "are",   "as",     "at",    "be",     "before", "between",
    "book",   "both",   "bright", "by",     "can",    "city",  "clear",  "come",  "day",    "each",   "early",
    "every",  "field",  "find",   "first",  "for",    "from",  "garden", "give",  "good",   "green",  "hand",
    "has",    "here",   "house",  "in",     "is",     "it",    "keep",   "know",  "large",  "learn",  "light",
    "like",   "line",   "little", "long",   "made",   "many",  "model",  "more",  "morning", "most",  "near",
    "new",    "night",  "number", "of",     "often",  "old",   "on",     "one",   "open",   "or",     "other",
    "over",   "part",   "people", "place",  "question", "quick", "quiet", "rain", "reach",  "right",  "river",
    "road",   "same",   "say",    "sea",    "see",    "short", "show",   "simple", "small", "so",     "some",
    "sound",  "still",  "stone",  "story",  "such",   "summer", "take",  "tell",  "than",   "that",   "the",
    "there",  "these",  "thing",  "this",   "time",   "to",    "tree",   "true",  "turn",   "two",    "under",
    "up",     "very",   "walk",   "water",  "way",    "we",    "well",   "while", "white",  "wind",   "with",
    "word",   "work",   "world",  "year",   "you",    "young", "yet",
};

#define WORD_COUNT (sizeof WORDS / sizeof WORDS[0])

uint64_t hash_of(const char *bytes, size_t length) {
    uint64_t hash = 14695981039346656037u;
    for (size_t i = 0; i < length; i++) {
        hash = (hash ^ (unsigned char) bytes[i]) * 1099511628211u;
    }
    return hash;
}

/* SplitMix64 (Steele, Lea, Flood: Fast splittable pseudorandom number generators, 2014). */
static uint64_t next_random(uint64_t *state) {
    uint64_t z = *state += 0x9e3779b97f4a7c15u;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
    z = (z ^ z >> 27) * 0x94d049bb133111ebu;
    return z ^ z >> 31;
}

void text_begin(struct text *text, uint64_t seed) {
    text->state = seed;
    text->words_left_in_sentence = 0;
    text->begins_sentence = true;
    text->begins_text = true;
}

const char *text_next(struct text *text) {
    static char token[MAX_TOKEN_BYTES + 1];
    if (text->words_left_in_sentence == 0 && !text->begins_sentence) {
        text->begins_sentence = true;
        return ".";
    }
    if (text->begins_sentence) {
        text->words_left_in_sentence = 4 + (int) (next_random(&text->state) % 9);
    }
    snprintf(token, sizeof token, "%s%s", text->begins_text ? "" : " ", WORDS[next_random(&text->state) % WORD_COUNT]);
    if (text->begins_sentence) {
        char *first = token + (text->begins_text ? 0 : 1);
        *first = (char) toupper((unsigned char) *first);
    }
    text->begins_text = false;
    text->begins_sentence = false;
    text->words_left_in_sentence--;
    return token;
}

int text_natural_length(uint64_t seed) {
    uint64_t state = seed ^ 0x656e64u;
    return 24 + (int) (next_random(&state) % 41);
}

int text_count(const char *prompt) {
    size_t tokens = (strlen(prompt) + 3) / 4;
    return tokens == 0 ? 1 : tokens > 1000000 ? 1000000 : (int) tokens;
}

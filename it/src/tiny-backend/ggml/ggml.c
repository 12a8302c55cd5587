#include "ggml.h"

const char *tiny_completion(void)
{
    return "a tiny answer";
}

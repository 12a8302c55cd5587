#ifndef TINY_GGML_H
#define TINY_GGML_H

/* What the tiny server answers to every prompt. */
const char *tiny_completion(void);

#endif

#include "httplib.h"

// Its paths are in a table of its own.
int main() { return 0; }

#include <stdio.h>

int main(void)
{
    fprintf(stderr, "this server refuses to serve\n");
    return 3;
}

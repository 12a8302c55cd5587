/* Answers /health and /completion like llama-server, one connection after the other. */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "ggml.h"

static void stop(int signal_number)
{
    (void)signal_number;
    _exit(0);
}

static void answer(int connection)
{
    char request[8192];
    ssize_t length = read(connection, request, sizeof request - 1);
    if (length <= 0) {
        return;
    }
    request[length] = '\0';
    char body[256];
    const char *status = "200 OK";
    if (strncmp(request, "GET /health", 11) == 0) {
        snprintf(body, sizeof body, "{\"status\":\"ok\"}");
    } else if (strncmp(request, "POST /completion", 16) == 0) {
        snprintf(body, sizeof body, "{\"content\":\"%s\",\"tokens_predicted\":3}", tiny_completion());
    } else {
        status = "404 Not Found";
        snprintf(body, sizeof body, "{\"error\":{\"code\":404,\"message\":\"File Not Found\"}}");
    }
    char response[512];
    int size = snprintf(response, sizeof response,
                        "HTTP/1.1 %s\r\nContent-Type: application/json\r\nContent-Length: %zu\r\n"
                        "Connection: close\r\n\r\n%s",
                        status, strlen(body), body);
    if (write(connection, response, (size_t)size) < 0) {
        perror("write");
    }
}

int main(int argc, char **argv)
{
    int port = 8080;
    for (int i = 1; i + 1 < argc; i++) {
        if (strcmp(argv[i], "--port") == 0) {
            port = atoi(argv[i + 1]);
        }
    }
    signal(SIGTERM, stop);
    signal(SIGINT, stop);
    signal(SIGPIPE, SIG_IGN);
    int listener = socket(AF_INET, SOCK_STREAM, 0);
    int yes = 1;
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((unsigned short)port)};
    if (listener < 0 || bind(listener, (struct sockaddr *)&address, sizeof address) != 0 || listen(listener, 16) != 0) {
        perror("tiny llama-server");
        return 1;
    }
    printf("tiny llama-server listens on port %d\n", port);
    fflush(stdout);
    for (;;) {
        int connection = accept(listener, NULL, NULL);
        if (connection >= 0) {
            answer(connection);
            close(connection);
        }
    }
}

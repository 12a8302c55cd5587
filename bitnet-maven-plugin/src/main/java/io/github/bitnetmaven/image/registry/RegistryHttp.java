package io.github.bitnetmaven.image.registry;

import io.github.bitnetmaven.image.ImageException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests: follows redirects, but tells a login only to where it belongs; tries again what may pass. Safe for use
 * by several threads.
 */
final class RegistryHttp {
    private static final int MAXIMUM_REDIRECTS = 5;
    private static final int MAXIMUM_ATTEMPTS = 5;
    private static final Duration CONNECT = Duration.ofSeconds(20);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
    private static final Set<Integer> PASSING = Set.of(408, 429, 500, 502, 503, 504);

    private final HttpClient client;
    private final RegistryAccess access;

    RegistryHttp(RegistryAccess access) {
        this.access = access;
        this.client = HttpClient.newBuilder()
                .connectTimeout(CONNECT)
                .followRedirects(HttpClient.Redirect.NEVER)
                .proxy(access.proxies())
                .version(HttpClient.Version.HTTP_1_1)
                .build();
    }

    /**
     * An answer, whatever its status, when it is neither a redirect nor worth another attempt; its body is to be closed.
     *
     * @param headers for all servers on the way
     * @param authorization for the first server only; null for none
     * @param form what is posted; null for a GET
     * @throws ImageException when no answer came
     */
    HttpResponse<InputStream> send(
            URI target, Map<String, String> headers, @Nullable String authorization, @Nullable String form)
            throws ImageException {
        URI at = target;
        for (int hops = 0; hops <= MAXIMUM_REDIRECTS; hops++) {
            HttpRequest.Builder request = HttpRequest.newBuilder(at)
                    .timeout(access.idle())
                    .header("Accept-Encoding", "identity")
                    .header("User-Agent", "bitnet-maven-plugin");
            headers.forEach(request::header);
            if (authorization != null && origin(at).equals(origin(target))) {
                request.header("Authorization", authorization);
            }
            if (form != null) {
                request.header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(form));
            }
            HttpResponse<InputStream> response = patiently(request.build());
            // What is posted is secret: it goes to nobody else.
            if (!REDIRECTS.contains(response.statusCode()) || form != null) {
                return response;
            }
            close(response);
            at = redirect(at, response);
        }
        throw new ImageException("The registry's server " + target.getAuthority() + " redirected a request more than "
                + MAXIMUM_REDIRECTS + " times. Check the address of the registry, and the proxy if there is one.");
    }

    private HttpResponse<InputStream> patiently(HttpRequest request) throws ImageException {
        Duration pause = access.pause();
        for (int attempt = 1; ; attempt++) {
            Duration wanted = pause;
            try {
                HttpResponse<InputStream> response = client.send(request, BodyHandlers.ofInputStream());
                if (!PASSING.contains(response.statusCode()) || attempt == MAXIMUM_ATTEMPTS) {
                    return response;
                }
                close(response);
                wanted = longer(pause, retryAfter(response));
            } catch (IOException e) {
                if (e instanceof SSLException || attempt == MAXIMUM_ATTEMPTS) {
                    throw unreachable(request.uri(), e);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new ImageException("Reading from the registry was interrupted.", e);
            }
            pause(wanted);
            pause = pause.multipliedBy(2);
        }
    }

    /**
     * The status that a server answers a single, unrepeated request with.
     *
     * @throws IOException when it gives none
     */
    int status(URI target) throws IOException, ImageException {
        HttpRequest request = HttpRequest.newBuilder(target).timeout(access.idle()).build();
        try {
            HttpResponse<InputStream> response = client.send(request, BodyHandlers.ofInputStream());
            close(response);
            return response.statusCode();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ImageException("Reading from the registry was interrupted.", e);
        }
    }

    /** Whether a server may be spoken to without encryption. */
    boolean mayBePlain(URI uri) {
        return access.insecure() || Repository.isLoopback(String.valueOf(uri.getHost()));
    }

    private URI redirect(URI from, HttpResponse<?> response) throws ImageException {
        try {
            URI to = from.resolve(response.headers().firstValue("Location").orElse(""));
            boolean secure = "https".equalsIgnoreCase(to.getScheme());
            boolean plain = "http".equalsIgnoreCase(to.getScheme()) && mayBePlain(to);
            if (to.getHost() != null && to.getUserInfo() == null && (secure || plain)) {
                return to;
            }
        } catch (IllegalArgumentException e) {
            // Said below, without the address: it may hold a signature.
        }
        throw new ImageException("The registry's server " + from.getAuthority() + " redirected a request to an address"
                + " that is not HTTPS, or none at all. Check the address of the registry.");
    }

    private static String origin(URI uri) {
        String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        int port = uri.getPort() >= 0 ? uri.getPort() : scheme.equals("https") ? 443 : 80;
        return scheme + "://" + String.valueOf(uri.getHost()).toLowerCase(Locale.ROOT) + ":" + port;
    }

    static ImageException unreachable(URI uri, IOException e) {
        String reason = e.getMessage() == null ? e.getClass().getSimpleName() : Text.printable(e.getMessage());
        String mend = e instanceof SSLException
                ? "If its certificate is of an authority of your own, tell Java so with"
                        + " -Djavax.net.ssl.trustStore; if it speaks plain HTTP only, allow that with"
                        + " -Dbitnet.registry.insecure=true."
                : "Check the name of the image, the network, and the proxy if there is one.";
        return new ImageException("The registry's server " + uri.getAuthority() + " does not answer: " + reason
                + ". " + mend, e);
    }

    private static Duration retryAfter(HttpResponse<?> response) {
        String seconds = response.headers().firstValue("Retry-After").orElse("");
        return seconds.matches("\\d{1,9}") ? Duration.ofSeconds(Long.parseLong(seconds)) : Duration.ZERO;
    }

    private static Duration longer(Duration one, Duration other) {
        Duration longer = one.compareTo(other) >= 0 ? one : other;
        return longer.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : longer;
    }

    private static void pause(Duration time) throws ImageException {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ImageException("Reading from the registry was interrupted.", e);
        }
    }

    static void close(HttpResponse<InputStream> response) {
        try {
            response.body().close();
        } catch (IOException e) {
            return; // Nothing more is wanted of it.
        }
    }

    /** The body, if it is not longer than a limit. */
    byte[] body(HttpResponse<InputStream> response, int limit, String what) throws ImageException {
        try (InputStream body = new StallGuard(response.body(), access.idle())) {
            byte[] content = body.readNBytes(limit + 1);
            if (content.length > limit) {
                throw new ImageException("The " + what + " is longer than " + limit + " bytes, which none needs.");
            }
            return content;
        } catch (IOException e) {
            throw new ImageException("The " + what + " cannot be read: " + Text.printable(String.valueOf(e.getMessage()))
                    + ". Try again.", e);
        }
    }
}

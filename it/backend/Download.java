import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Downloads one file of a Python package index (the "simple" API, PEP 691) and checks its SHA-256. A program of one
 * source file, run with {@code java Download.java}, because a machine that builds this project may have no curl.
 *
 * <p>Arguments: the project's page in the index, the file's name, its SHA-256, where to put it.
 */
public final class Download {
    private static final String INDEX_TYPE = "application/vnd.pypi.simple.v1+json";
    private static final long MAXIMUM_BYTES = 200_000_000;

    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(15))
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();

    private Download() {}

    public static void main(String[] arguments) throws Exception {
        if (arguments.length != 4) {
            System.err.println("arguments: <page of the index> <file name> <sha256> <destination>");
            System.exit(2);
        }
        try {
            new Download().run(URI.create(arguments[0]), arguments[1], arguments[2], Path.of(arguments[3]));
        } catch (IOException e) {
            String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            System.err.println(arguments[1] + " could not be downloaded from " + URI.create(arguments[0]).getHost() + ": " + message);
            System.exit(1);
        }
    }

    private void run(URI page, String name, String sha256, Path destination) throws Exception {
        URI file = find(page, name);
        Path part = destination.resolveSibling(destination.getFileName() + ".part");
        try {
            String actual = download(file, part);
            if (!actual.equals(sha256)) {
                throw new IOException("its SHA-256 is " + actual + " instead of " + sha256);
            }
            Files.move(part, destination, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private URI find(URI page, String name) throws IOException, InterruptedException {
        HttpRequest request = request(page).header("Accept", INDEX_TYPE).build();
        HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
        requireOk(response);
        Matcher url = Pattern.compile("\"url\"\\s*:\\s*\"([^\"]*/" + Pattern.quote(name) + ")[\"#]")
                .matcher(response.body());
        if (!url.find()) {
            throw new IOException("the index does not list that file");
        }
        return page.resolve(url.group(1));
    }

    private String download(URI file, Path part) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        HttpResponse<InputStream> response = client.send(request(file).build(), BodyHandlers.ofInputStream());
        requireOk(response);
        long total = 0;
        try (InputStream in = response.body();
                OutputStream out = Files.newOutputStream(part)) {
            byte[] buffer = new byte[1 << 16];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                total += n;
                if (total > MAXIMUM_BYTES) {
                    throw new IOException("it is larger than " + MAXIMUM_BYTES + " bytes");
                }
                digest.update(buffer, 0, n);
                out.write(buffer, 0, n);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static HttpRequest.Builder request(URI uri) {
        return HttpRequest.newBuilder(uri).timeout(Duration.ofMinutes(5));
    }

    private static void requireOk(HttpResponse<?> response) throws IOException {
        if (response.statusCode() != 200) {
            throw new IOException(response.uri().getHost() + " answered " + response.statusCode());
        }
    }
}

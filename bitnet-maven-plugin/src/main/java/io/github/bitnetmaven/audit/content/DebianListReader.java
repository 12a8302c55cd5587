package io.github.bitnetmaven.audit.content;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads the files of a Debian package: {@code /var/lib/dpkg/info/NAME.list}, a path on each line, or, in distroless
 * images, {@code /var/lib/dpkg/status.d/NAME.md5sums}, a digest, two blanks and a path.
 */
final class DebianListReader implements ContentReader {
    static final String LISTS = "var/lib/dpkg/info/";
    static final String LIST = ".list";
    static final String SUMS = ".md5sums";

    @Override
    public boolean wants(String path, long bytes, int mode) {
        return bytes <= PathList.MAXIMUM_BYTES && isList(path);
    }

    static boolean isList(String path) {
        return path.startsWith(LISTS) && path.endsWith(LIST)
                || path.startsWith(DebianStatusReader.DIRECTORY) && path.endsWith(SUMS);
    }

    @Override
    public @Nullable String read(InputStream content) throws IOException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(content, StandardCharsets.UTF_8));
        PathList.Encoder paths = new PathList.Encoder();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            int blanks = line.startsWith("/") ? -1 : line.indexOf("  ");
            String path = blanks < 0 ? line : line.substring(blanks + 2);
            int start = 0;
            while (start < path.length() && (path.charAt(start) == '/' || path.startsWith("./", start))) {
                start += path.charAt(start) == '/' ? 1 : 2;
            }
            if (start < path.length()) {
                paths.add(path.substring(start));
            }
        }
        return paths.encoded();
    }
}

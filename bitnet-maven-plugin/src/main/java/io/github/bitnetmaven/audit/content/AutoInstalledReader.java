package io.github.bitnetmaven.audit.content;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads {@code /var/lib/apt/extended_states}: which packages apt installed only because others need them. */
final class AutoInstalledReader implements ContentReader {
    static final String PATH = "var/lib/apt/extended_states";
    private static final String NAME = "Package: ";

    @Override
    public boolean wants(String path, long bytes, int mode) {
        return bytes <= PathList.MAXIMUM_BYTES && path.equals(PATH);
    }

    @Override
    public @Nullable String read(InputStream content) throws IOException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(content, StandardCharsets.UTF_8));
        StringBuilder names = new StringBuilder();
        String name = "";
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith(NAME)) {
                name = line.substring(NAME.length()).strip();
            } else if (line.strip().equals("Auto-Installed: 1")) {
                names.append(name).append('\n');
            }
        }
        return names.toString();
    }
}

package io.github.bitnetmaven.audit.content;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Reads what an installed Python distribution consists of: {@code NAME-VERSION.dist-info/RECORD}, a path on each line
 * (Python packaging user guide, "Recording installed projects"). Kept are the directories that hold its files, each with
 * a slash at the end, and the files that lie beside other distributions' or outside.
 */
final class PythonRecordReader implements ContentReader {
    static final String RECORD = ".dist-info/RECORD";
    private static final String COMPILED = "__pycache__";

    @Override
    public boolean wants(String path, long bytes, int mode) {
        return bytes <= PathList.MAXIMUM_BYTES && path.endsWith(RECORD);
    }

    @Override
    public @Nullable String read(InputStream content) throws IOException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(content, StandardCharsets.UTF_8));
        TreeSet<String> places = new TreeSet<>();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            String path = path(line);
            int slash = path.lastIndexOf('/');
            boolean outside = path.startsWith("/") || path.startsWith("../");
            if (slash < 0 || outside || path.substring(0, slash).equals(COMPILED)) {
                places.add(path);
            } else {
                String directory = path.substring(0, slash);
                places.add((directory.endsWith("/" + COMPILED)
                                ? directory.substring(0, directory.length() - COMPILED.length() - 1)
                                : directory)
                        + "/");
            }
        }
        places.remove("");
        PathList.Encoder paths = new PathList.Encoder();
        places.forEach(paths::add);
        return paths.encoded();
    }

    /** The first of the values that commas separate; one with a comma in it stands in quotes. */
    private static String path(String line) {
        if (line.startsWith("\"")) {
            int end = line.indexOf('"', 1);
            return end < 0 ? "" : line.substring(1, end);
        }
        int comma = line.indexOf(',');
        return comma < 0 ? "" : line.substring(0, comma);
    }
}

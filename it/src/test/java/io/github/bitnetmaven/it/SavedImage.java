package io.github.bitnetmaven.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * All that is in an image, as {@code docker save} hands it out: every entry of every layer, also of those that are hidden,
 * and the configuration with its history. Read as a stream, because a layer may be large.
 */
public final class SavedImage {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int BUFFER_BYTES = 1 << 16;

    /**
     * An entry of a layer.
     *
     * @param path without a slash at its ends
     * @param modified seconds since 1970
     */
    public record Entry(String path, boolean directory, long bytes, long modified) {}

    private final List<List<Entry>> layers = new ArrayList<>();
    private final Map<String, List<String>> places = new LinkedHashMap<>();
    private int longest = 1;

    private SavedImage(String... texts) {
        for (String text : texts) {
            places.put(text, new ArrayList<>());
            longest = Math.max(longest, text.length());
        }
    }

    /**
     * What is in the image.
     *
     * @param texts to look for on the way, ASCII
     */
    public static SavedImage of(String image, String... texts) throws IOException, InterruptedException {
        SavedImage saved = new SavedImage(texts);
        Process process = new ProcessBuilder("docker", "save", image)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        process.getOutputStream().close();
        try (InputStream in = process.getInputStream()) {
            saved.read(in);
            in.transferTo(OutputStream.nullOutputStream());
        }
        if (process.waitFor() != 0) {
            throw new IllegalStateException("docker save failed for " + image);
        }
        if (saved.layers.isEmpty()) {
            throw new IllegalStateException("docker save told no layer of " + image);
        }
        return saved;
    }

    /** The digests of the unpacked layers, lowest first. */
    public static List<String> diffIds(String image) throws IOException, InterruptedException {
        List<String> ids = new ArrayList<>();
        for (JsonNode id : JSON.readTree(Docker.run("image", "inspect", "--format", "{{json .RootFS.Layers}}", image))) {
            ids.add(id.asText());
        }
        return ids;
    }

    /** The entries of every layer; layers in no order. */
    public List<Entry> entries() {
        return layers.stream().flatMap(List::stream).toList();
    }

    /** The paths of all that is no directory. */
    public List<String> files() {
        return entries().stream().filter(entry -> !entry.directory()).map(Entry::path).sorted().toList();
    }

    /** Where one of the texts stands: paths in layers, and names of files of metadata. */
    public List<String> places(String text) {
        return List.copyOf(places.get(text));
    }

    private void read(InputStream in) throws IOException {
        TarArchiveInputStream archive = new TarArchiveInputStream(new BufferedInputStream(in, BUFFER_BYTES));
        for (TarArchiveEntry entry = archive.getNextEntry(); entry != null; entry = archive.getNextEntry()) {
            if (entry.isDirectory() || entry.isSymbolicLink()) {
                continue;
            }
            BufferedInputStream content = new BufferedInputStream(archive, BUFFER_BYTES);
            content.mark(BUFFER_BYTES);
            byte[] start = content.readNBytes(262);
            content.reset();
            if (start.length > 1 && start[0] == 0x1f && start[1] == (byte) 0x8b) {
                readLayer(new GZIPInputStream(content));
            } else if (start.length == 262 && new String(start, 257, 5, StandardCharsets.US_ASCII).equals("ustar")) {
                readLayer(content);
            } else {
                seek(entry.getName(), content);
            }
        }
    }

    private void readLayer(InputStream in) throws IOException {
        List<Entry> layer = new ArrayList<>();
        TarArchiveInputStream tar = new TarArchiveInputStream(in);
        for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
            String path = entry.getName().replaceAll("^\\./|/$", "");
            layer.add(new Entry(path, entry.isDirectory(), entry.getSize(), entry.getModTime().getTime() / 1000));
            if (entry.isFile()) {
                seek(path, tar);
            }
        }
        layers.add(layer);
    }

    /** Over the end of every buffer, too. */
    private void seek(String place, InputStream in) throws IOException {
        byte[] window = new byte[BUFFER_BYTES + longest];
        Set<String> found = new LinkedHashSet<>();
        int kept = 0;
        for (int n = in.read(window, 0, BUFFER_BYTES); n >= 0; n = in.read(window, kept, BUFFER_BYTES)) {
            int filled = kept + n;
            String text = new String(window, 0, filled, StandardCharsets.ISO_8859_1);
            places.keySet().stream().filter(text::contains).forEach(found::add);
            kept = Math.min(filled, longest - 1);
            System.arraycopy(window, filled - kept, window, 0, kept);
        }
        found.forEach(text -> places.get(text).add(place));
    }
}

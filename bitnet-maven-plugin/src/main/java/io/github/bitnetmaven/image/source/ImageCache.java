package io.github.bitnetmaven.image.source;

import io.github.bitnetmaven.file.AtomicFile;
import io.github.bitnetmaven.file.KeptFiles;
import io.github.bitnetmaven.file.Sha256;
import io.github.bitnetmaven.image.ContentObserver;
import io.github.bitnetmaven.image.ImageException;
import io.github.bitnetmaven.image.ReadOptions;
import io.github.bitnetmaven.image.layer.LayerTable;
import io.github.bitnetmaven.image.layer.LayerTableFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was read of an engine's layers, kept by their digests: an engine gives an image only as a whole, so that without
 * it the gigabyte of an unchanged model would be read again at every build. A layer is kept only after its digest was
 * checked, a configuration is checked against its id whenever it is read, and what is not whole is read anew.
 *
 * @param directory belongs to this class; it is made when something is kept
 */
public record ImageCache(Path directory) {
    /** Of all files together; those not used for the longest time go first. */
    private static final long MAXIMUM_BYTES = 256L << 20;

    /** The image of that id as it was read before with the same options; empty when a part of it is not here. */
    Optional<ImageAssembly> find(String id, ReadOptions options) {
        try {
            Path file = configuration(id);
            if (!Files.isRegularFile(file)) {
                return Optional.empty();
            }
            byte[] json = Files.readAllBytes(file);
            if (!Sha256.of(json).equals(id)) {
                return Optional.empty();
            }
            ConfigurationBlob configuration = ConfigurationBlob.parse(json, "configuration " + id);
            Map<String, LayerBlob> read = new HashMap<>();
            List<LayerBlob> layers = new ArrayList<>();
            for (String diffId : configuration.diffIds()) {
                LayerBlob layer = read.get(diffId);
                if (layer == null) {
                    layer = new LayerBlob(table(layer(diffId, options)), null, diffId, 0);
                    read.put(diffId, layer);
                }
                layers.add(layer);
            }
            KeptFiles.used(file);
            return Optional.of(new ImageAssembly(configuration, layers, false));
        } catch (IOException | ImageException e) {
            // A file that is missing or not whole: the engine has the image.
            return Optional.empty();
        }
    }

    private static LayerTable table(Path file) throws IOException, ImageException {
        try (InputStream in = Files.newInputStream(file)) {
            LayerTable table = LayerTableFile.read(in);
            KeptFiles.used(file);
            return table;
        }
    }

    /** Keeps an image whose every digest was checked. What cannot be written is read from the engine the next time. */
    void keep(ImageAssembly image, ReadOptions options) {
        try {
            for (LayerBlob layer : image.layers()) {
                String diffId = layer.diffId();
                if (diffId == null) {
                    return;
                }
                Path file = layer(diffId, options);
                if (!Files.isRegularFile(file)) {
                    AtomicFile.write(file, out -> LayerTableFile.write(layer.table(), out));
                }
            }
            AtomicFile.write(configuration(image.configuration().id()), out -> out.write(image.configuration().json()));
            KeptFiles.prune(directory, Integer.MAX_VALUE, MAXIMUM_BYTES);
        } catch (IOException e) {
            // Kept or not, the audit is the same.
            return;
        }
    }

    private Path configuration(String id) {
        return directory.resolve(digits(id) + ".json");
    }

    /** Other observers find other facts, and contents may not have been read. */
    private Path layer(String diffId, ReadOptions options) {
        String how = LayerTableFile.VERSION + (options.contentDigests() ? " contents " : " ")
                + options.observers().stream().map(ContentObserver::id).toList();
        String key = digits(Sha256.of(how.getBytes(StandardCharsets.UTF_8))).substring(0, 16);
        return directory.resolve(digits(diffId) + "-" + key + ".layer");
    }

    private static String digits(String digest) {
        return digest.substring("sha256:".length());
    }
}

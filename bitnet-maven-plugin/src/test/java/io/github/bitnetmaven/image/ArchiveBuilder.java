package io.github.bitnetmaven.image;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.luben.zstd.ZstdOutputStream;
import io.github.bitnetmaven.file.Sha256;
import io.github.bitnetmaven.image.TarBytes.Header;
import io.github.bitnetmaven.image.source.ArchiveSources;
import io.github.bitnetmaven.progress.Progress;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Builds an image from layers and writes it the way that tools do. What a test wants broken it breaks in {@link
 * #members}, the files of the archive by name and in order.
 */
public final class ArchiveBuilder {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** How an image lies on a disk. */
    public enum Form {
        /** {@code docker save} before version 25: {@code <id>/layer.tar}. */
        DOCKER_LEGACY(true, true),
        /** As skopeo writes it: every layer of the manifest is a symbolic link to the file with the bytes. */
        DOCKER_LINKED(true, true),
        /** {@code docker save} since version 25: blobs, with both kinds of metadata, after the blobs. */
        DOCKER(true, true),
        OCI_ARCHIVE(false, true),
        OCI_LAYOUT(false, false);

        private final boolean docker;
        private final boolean archive;

        Form(boolean docker, boolean archive) {
            this.docker = docker;
            this.archive = archive;
        }

        public boolean isArchive() {
            return archive;
        }
    }

    /** What layers are compressed with. */
    public enum Packing {
        NONE,
        GZIP,
        /** A member of gzip for each half of the layer. */
        GZIP_MEMBERS,
        ZSTD,
        /** A frame of zstd for each half of the layer. */
        ZSTD_FRAMES;

        public byte[] pack(byte[] bytes) {
            return TarBytes.unchecked(() -> switch (this) {
                case NONE -> bytes;
                case GZIP -> gzip(bytes);
                case GZIP_MEMBERS -> halves(bytes, GZIP);
                case ZSTD -> zstd(bytes);
                case ZSTD_FRAMES -> halves(bytes, ZSTD);
            });
        }

        private static byte[] halves(byte[] bytes, Packing packing) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            int half = bytes.length / 2;
            out.writeBytes(packing.pack(java.util.Arrays.copyOf(bytes, half)));
            out.writeBytes(packing.pack(java.util.Arrays.copyOfRange(bytes, half, bytes.length)));
            return out.toByteArray();
        }

        private static byte[] gzip(byte[] bytes) throws IOException {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            try (OutputStream gzip = new GZIPOutputStream(out)) {
                gzip.write(bytes);
            }
            return out.toByteArray();
        }

        private static byte[] zstd(byte[] bytes) throws IOException {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            try (OutputStream zstd = new ZstdOutputStream(out)) {
                zstd.write(bytes);
            }
            return out.toByteArray();
        }
    }

    private final List<byte[]> layers = new ArrayList<>();
    private final List<Map<String, Object>> history = new ArrayList<>();
    private Packing packing = Packing.NONE;
    private String os = "linux";
    private String architecture = "amd64";
    private boolean withHistory = true;
    private @Nullable String tag = "acme/bitnet:1.0";

    /** Adds a layer on top. */
    public ArchiveBuilder layer(LayerBuilder layer) {
        return layer(layer.bytes(), layer.createdBy());
    }

    public ArchiveBuilder layer(byte[] tar, String createdBy) {
        layers.add(tar);
        history.add(createdBy.isEmpty() ? Map.of() : Map.of("created_by", createdBy));
        return this;
    }

    /** A history entry that made no layer. */
    public ArchiveBuilder emptyLayer(String createdBy) {
        history.add(Map.of("created_by", createdBy, "empty_layer", true));
        return this;
    }

    public ArchiveBuilder withoutHistory() {
        withHistory = false;
        return this;
    }

    public ArchiveBuilder packed(Packing newPacking) {
        packing = newPacking;
        return this;
    }

    public ArchiveBuilder platform(String newOs, String newArchitecture) {
        os = newOs;
        architecture = newArchitecture;
        return this;
    }

    public ArchiveBuilder tag(@Nullable String newTag) {
        tag = newTag;
        return this;
    }

    /** The configuration blob. */
    public byte[] configuration() {
        Map<String, Object> configuration = new LinkedHashMap<>();
        configuration.put("architecture", architecture);
        configuration.put("os", os);
        configuration.put("config", Map.of("User", "65532:65532"));
        configuration.put(
                "rootfs",
                Map.of("type", "layers", "diff_ids", layers.stream().map(Sha256::of).toList()));
        if (withHistory) {
            configuration.put("history", history);
        }
        return json(configuration);
    }

    public String id() {
        return Sha256.of(configuration());
    }

    public List<String> diffIds() {
        return layers.stream().map(Sha256::of).toList();
    }

    /** The layers' blobs as they are stored. */
    public List<byte[]> blobs() {
        return layers.stream().map(packing::pack).toList();
    }

    /** Files of the archive or directory, in the order in which they are written. */
    public Map<String, byte[]> members(Form form) {
        Map<String, byte[]> members = new LinkedHashMap<>();
        if (form == Form.DOCKER_LEGACY || form == Form.DOCKER_LINKED) {
            legacy(members, form == Form.DOCKER_LINKED);
            return members;
        }
        List<String> paths = new ArrayList<>();
        for (byte[] blob : blobs()) {
            paths.add(blob(members, blob));
        }
        String configuration = blob(members, configuration());
        byte[] manifest = manifest();
        blob(members, manifest);
        members.put("oci-layout", json(Map.of("imageLayoutVersion", "1.0.0")));
        members.put("index.json", index(List.of(descriptor(manifest))));
        if (form.docker) {
            members.put("manifest.json", dockerManifest(configuration, paths));
        }
        return members;
    }

    private void legacy(Map<String, byte[]> members, boolean linked) {
        List<String> paths = new ArrayList<>();
        for (int i = 0; i < layers.size(); i++) {
            byte[] blob = packing.pack(layers.get(i));
            String path = String.format("%064x", i + 1) + "/layer.tar";
            if (linked) {
                String target = Sha256.of(blob).substring("sha256:".length()) + ".tar";
                members.put(target, blob);
                members.put(path + " -> ../" + target, new byte[0]);
            } else {
                members.put(path, blob);
            }
            paths.add(path);
        }
        String configuration = id().substring("sha256:".length()) + ".json";
        members.put(configuration, configuration());
        members.put("manifest.json", dockerManifest(configuration, paths));
    }

    /** Adds a blob under its digest and returns the path. */
    public static String blob(Map<String, byte[]> members, byte[] blob) {
        String path = "blobs/sha256/" + Sha256.of(blob).substring("sha256:".length());
        members.put(path, blob);
        return path;
    }

    private byte[] dockerManifest(String configuration, List<String> paths) {
        Map<String, Object> image = new LinkedHashMap<>();
        image.put("Config", configuration);
        image.put("RepoTags", tag == null ? null : List.of(tag));
        image.put("Layers", paths);
        return json(List.of(image));
    }

    /** The image's OCI manifest. */
    public byte[] manifest() {
        Map<String, Object> manifest = new LinkedHashMap<>();
        manifest.put("schemaVersion", 2);
        manifest.put("mediaType", "application/vnd.oci.image.manifest.v1+json");
        manifest.put("config", descriptor("application/vnd.oci.image.config.v1+json", configuration()));
        // Deliberately the wrong media type for most packings: readers go by the bytes.
        manifest.put(
                "layers",
                blobs().stream()
                        .map(blob -> descriptor("application/vnd.oci.image.layer.v1.tar+gzip", blob))
                        .toList());
        return json(manifest);
    }

    /** A descriptor of a manifest, with the platform. */
    public Map<String, Object> descriptor(byte[] manifest) {
        Map<String, Object> descriptor = descriptor("application/vnd.oci.image.manifest.v1+json", manifest);
        descriptor.put("platform", Map.of("os", os, "architecture", architecture));
        return descriptor;
    }

    public static Map<String, Object> descriptor(String mediaType, byte[] blob) {
        Map<String, Object> descriptor = new LinkedHashMap<>();
        descriptor.put("mediaType", mediaType);
        descriptor.put("digest", Sha256.of(blob));
        descriptor.put("size", blob.length);
        return descriptor;
    }

    public static byte[] index(List<Map<String, Object>> descriptors) {
        Map<String, Object> index = new LinkedHashMap<>();
        index.put("schemaVersion", 2);
        index.put("manifests", descriptors);
        return json(index);
    }

    public static byte[] json(Object value) {
        return TarBytes.unchecked(() -> JSON.writeValueAsBytes(value));
    }

    /** Members as one archive; {@code a -> b} is a symbolic link. */
    public static byte[] archive(Map<String, byte[]> members) {
        TarBytes tar = new TarBytes();
        members.forEach((name, content) -> {
            int arrow = name.indexOf(" -> ");
            if (arrow < 0) {
                tar.entry(new Header(name), content);
            } else {
                tar.header(new Header(name.substring(0, arrow)).type('2').link(name.substring(arrow + 4)));
            }
        });
        return tar.end().bytes();
    }

    /** Writes the members into a directory. */
    public static void layout(Map<String, byte[]> members, Path directory) throws IOException {
        for (Map.Entry<String, byte[]> member : members.entrySet()) {
            Path file = directory.resolve(member.getKey());
            Files.createDirectories(file.getParent());
            Files.write(file, member.getValue());
        }
    }

    /** Writes the image in that form below a directory and returns where it is. */
    public Path write(Form form, Path directory) throws IOException {
        return write(members(form), form, directory);
    }

    public static Path write(Map<String, byte[]> members, Form form, Path directory) throws IOException {
        Files.createDirectories(directory);
        if (!form.archive) {
            Path layout = Files.createTempDirectory(directory, "layout");
            layout(members, layout);
            return layout;
        }
        return Files.write(Files.createTempFile(directory, "image", ".tar"), archive(members));
    }

    /** Reads a file or directory as the plugin does. */
    public static Image read(Path path, ReadOptions options) throws ImageException {
        return ArchiveSources.open(path).read(options, Progress.silent());
    }

    /** A line for a log. */
    @Override
    public String toString() {
        return new String(configuration(), StandardCharsets.UTF_8);
    }
}

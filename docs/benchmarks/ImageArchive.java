import com.github.luben.zstd.ZstdOutputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Enumeration;
import java.util.HexFormat;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * Writes a docker archive of one image in two layers: a tree of many small files, of which every tenth is a link, and a
 * layer that overwrites and removes some of them and adds one big file. Same arguments, same bytes.
 *
 * <pre>ImageArchive OUT.tar ENTRIES BIG_BYTES none|gzip|zstd</pre>
 */
public final class ImageArchive {
    private static final int FILES_OF_A_DIRECTORY = 50;

    private ImageArchive() {}

    private interface Content {
        void write(TarArchiveOutputStream tar) throws IOException;
    }

    public static void main(String[] arguments) throws Exception {
        Path out = Path.of(arguments[0]);
        int entries = Integer.parseInt(arguments[1]);
        long big = Long.parseLong(arguments[2]);
        Path lower = Files.createTempFile(out.toAbsolutePath().getParent(), "lower", ".tar");
        Path upper = Files.createTempFile(out.toAbsolutePath().getParent(), "upper", ".tar");
        try {
            String lowerId = layer(lower, arguments[3], tar -> tree(tar, entries));
            String upperId = layer(upper, arguments[3], tar -> changes(tar, entries, big));
            String configuration = """
                    {"architecture":"amd64","os":"linux","config":{},"rootfs":{"type":"layers","diff_ids":["%s","%s"]},\
                    "history":[{"created_by":"ADD tree"},{"created_by":"COPY model.gguf /app/models/"}]}""".formatted(
                            lowerId, upperId);
            byte[] json = configuration.getBytes(StandardCharsets.UTF_8);
            String name = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(json)) + ".json";
            try (TarArchiveOutputStream tar = open(Files.newOutputStream(out))) {
                file(tar, "1/layer.tar", Files.size(lower), Files.newInputStream(lower));
                file(tar, "2/layer.tar", Files.size(upper), Files.newInputStream(upper));
                file(tar, name, json.length, new ByteArrayInputStream(json));
                byte[] manifest = ("[{\"Config\":\"" + name
                                + "\",\"RepoTags\":[\"bitnet-benchmark/synthetic:1\"],\"Layers\":[\"1/layer.tar\",\"2/layer.tar\"]}]")
                        .getBytes(StandardCharsets.UTF_8);
                file(tar, "manifest.json", manifest.length, new ByteArrayInputStream(manifest));
            }
        } finally {
            Files.delete(lower);
            Files.delete(upper);
        }
    }

    private static TarArchiveOutputStream open(OutputStream out) {
        TarArchiveOutputStream tar = new TarArchiveOutputStream(new BufferedOutputStream(out, 1 << 20), "UTF-8");
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
        return tar;
    }

    /** Returns the diff id. */
    private static String layer(Path file, String packing, Content content) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20);
        OutputStream packed = switch (packing) {
            case "gzip" -> new GZIPOutputStream(out, 1 << 16);
            case "zstd" -> new ZstdOutputStream(out);
            default -> out;
        };
        try (TarArchiveOutputStream tar = open(new DigestOutputStream(packed, digest))) {
            content.write(tar);
        }
        return "sha256:" + HexFormat.of().formatHex(digest.digest());
    }

    private static String path(int i) {
        int directory = i / FILES_OF_A_DIRECTORY;
        return "usr/lib/package-" + directory / 200 + "/module-" + directory % 200 + "/file-name-of-usual-length-" + i;
    }

    private static void tree(TarArchiveOutputStream tar, int entries) throws IOException {
        for (int i = 0; i < entries; i++) {
            if (i % 10 == 9 && i % FILES_OF_A_DIRECTORY > 0) {
                boolean hard = i % 20 == 19;
                String target = path(i - 1);
                TarArchiveEntry link = new TarArchiveEntry(path(i) + ".link", hard ? (byte) '1' : (byte) '2');
                link.setLinkName(hard ? target : target.substring(target.lastIndexOf('/') + 1));
                tar.putArchiveEntry(link);
                tar.closeArchiveEntry();
            } else {
                byte[] content = new byte[i % 700];
                file(tar, path(i), content.length, new ByteArrayInputStream(content));
            }
        }
    }

    private static void changes(TarArchiveOutputStream tar, int entries, long big) throws IOException {
        for (int i = 0; i < entries; i += 100) {
            int slash = path(i).lastIndexOf('/') + 1;
            String path = path(i).substring(0, slash) + ".wh." + path(i).substring(slash);
            file(tar, i % 200 == 0 ? path : path(i), 0, InputStream.nullInputStream());
        }
        if (big > 0) {
            file(tar, "app/models/model.gguf", big, noise(big));
        }
    }

    /** Half of it compresses, as weights do; no piece is like another. */
    private static InputStream noise(long bytes) {
        SplittableRandom random = new SplittableRandom(1);
        return new SequenceInputStream(new Enumeration<>() {
            private long left = bytes;

            @Override
            public boolean hasMoreElements() {
                return left > 0;
            }

            @Override
            public InputStream nextElement() {
                byte[] piece = new byte[(int) Math.min(left, 1 << 20)];
                random.nextBytes(piece);
                Arrays.fill(piece, 0, piece.length / 2, (byte) 7);
                left -= piece.length;
                return new ByteArrayInputStream(piece);
            }
        });
    }

    private static void file(TarArchiveOutputStream tar, String name, long bytes, InputStream content)
            throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(bytes);
        entry.setModTime(0L);
        tar.putArchiveEntry(entry);
        try (content) {
            content.transferTo(tar);
        }
        tar.closeArchiveEntry();
    }
}

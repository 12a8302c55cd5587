package io.github.bitnetmaven.audit;

import io.github.bitnetmaven.BitnetException;
import io.github.bitnetmaven.audit.budget.Budgets;
import io.github.bitnetmaven.audit.file.AuditJsonWriter;
import io.github.bitnetmaven.audit.file.InventoryWriter;
import io.github.bitnetmaven.audit.measurement.PathPatterns;
import io.github.bitnetmaven.image.ReadOptions;
import io.github.bitnetmaven.image.layer.Sha256;
import io.github.bitnetmaven.image.source.StreamedArchive;
import io.github.bitnetmaven.progress.Progress;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * Audits a small image of its own, over and over, until the thread is interrupted. Before an engine sends the first byte
 * of an image it writes the whole image to its disk, which takes seconds; meanwhile this has Java load and compile what
 * the audit runs, so that it does not fall behind the stream ({@code docs/benchmarks/audit.sh engine}).
 */
public final class Rehearsal implements Runnable {
    private static final int FILES = 1000;
    /** Java has compiled by then what it compiles. */
    private static final int ROUNDS = 25;

    @Override
    public void run() {
        try {
            byte[] archive = archive();
            for (int round = 0; round < ROUNDS && !Thread.currentThread().isInterrupted(); round++) {
                audit(archive);
            }
        } catch (BitnetException | IOException e) {
            // Interrupted while it read. Whatever else it is, the audit itself tells.
            return;
        }
    }

    /** All of an audit, to nowhere. */
    static Audit audit(byte[] archive) throws BitnetException, IOException {
        Auditor auditor = new Auditor(Budgets.defaults(), PathPatterns.including(List.of("**/*.gguf"), "a rehearsal"));
        Audit audit = auditor.audit(
                new StreamedArchive("rehearsal", new ByteArrayInputStream(archive)),
                ReadOptions.sizesOnly(),
                Progress.silent());
        InventoryWriter.write(audit.image(), audit.components(), OutputStream.nullOutputStream());
        AuditJsonWriter.write(audit.recorded(), OutputStream.nullOutputStream());
        return audit;
    }

    /** The image: two layers of many small entries of all kinds and a model. */
    static byte[] archive() throws IOException {
        byte[] lower = tar(tar -> {
            for (int i = 0; i < FILES; i++) {
                String path = "usr/lib/package-" + i / 200 + "/module-" + i / 20 + "/file-" + i;
                if (i % 10 == 9) {
                    TarArchiveEntry link = new TarArchiveEntry(path, (byte) (i % 20 == 9 ? '1' : '2'));
                    link.setLinkName("usr/lib/package-" + i / 200 + "/module-" + i / 20 + "/file-" + (i - 1));
                    tar.putArchiveEntry(link);
                    tar.closeArchiveEntry();
                } else {
                    file(tar, path, new byte[i % 700]);
                }
            }
        });
        byte[] upper = tar(tar -> {
            for (int i = 0; i < FILES; i += 50) {
                file(tar, "usr/lib/package-" + i / 200 + "/module-" + i / 20 + "/.wh.file-" + i, new byte[0]);
            }
            file(tar, "app/models/rehearsal.gguf", new byte[1 << 20]);
        });
        byte[] configuration = ("{\"architecture\":\"amd64\",\"os\":\"linux\",\"config\":{},\"rootfs\":{\"type\":\"layers\","
                        + "\"diff_ids\":[\"" + Sha256.of(lower) + "\",\"" + Sha256.of(upper) + "\"]},"
                        + "\"history\":[{\"created_by\":\"ADD tree\"},{\"created_by\":\"COPY model\"}]}")
                .getBytes(StandardCharsets.UTF_8);
        String name = Sha256.of(configuration).substring("sha256:".length()) + ".json";
        byte[] manifest = ("[{\"Config\":\"" + name + "\",\"RepoTags\":[],\"Layers\":[\"1/layer.tar\",\"2/layer.tar\"]}]")
                .getBytes(StandardCharsets.UTF_8);
        return tar(tar -> {
            file(tar, "1/layer.tar", lower);
            file(tar, "2/layer.tar", upper);
            file(tar, name, configuration);
            file(tar, "manifest.json", manifest);
        });
    }

    private interface Content {
        void write(TarArchiveOutputStream tar) throws IOException;
    }

    private static byte[] tar(Content content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes, StandardCharsets.UTF_8.name())) {
            content.write(tar);
        }
        return bytes.toByteArray();
    }

    private static void file(TarArchiveOutputStream tar, String path, byte[] content) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(path);
        entry.setSize(content.length);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
    }
}

import com.sun.management.OperatingSystemMXBean;
import io.github.bitnetmaven.audit.baseline.ReferenceFile;
import io.github.bitnetmaven.audit.component.Component;
import io.github.bitnetmaven.audit.file.AuditJsonWriter;
import io.github.bitnetmaven.audit.file.RecordedAudit;
import io.github.bitnetmaven.audit.file.RecordedImage;
import io.github.bitnetmaven.audit.file.RecordedLayer;
import io.github.bitnetmaven.audit.growth.Growth;
import io.github.bitnetmaven.audit.growth.GrowthComparison;
import io.github.bitnetmaven.audit.growth.GrowthReference;
import io.github.bitnetmaven.audit.measurement.Sizes;
import io.github.bitnetmaven.audit.verdict.Outcome;
import java.io.BufferedWriter;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** Makes up two audits of an image of so many files, or compares them once and tells what that took. */
class GrowthOnce {
    public static void main(String[] arguments) throws Exception {
        Path before = Path.of(arguments[1]).resolve("before");
        Path after = Path.of(arguments[1]).resolve("after");
        if (arguments[0].equals("make")) {
            int files = Integer.parseInt(arguments[2]);
            make(before, files, false);
            make(after, files, true);
            return;
        }
        OperatingSystemMXBean process = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        long start = System.nanoTime();
        long startOfProcessors = process.getProcessCpuTime();
        Growth growth = GrowthComparison.compare(
                ReferenceFile.read(before, "before"), ReferenceFile.audit(after.resolve("audit.json")));
        long milliseconds = (System.nanoTime() - start) / 1_000_000;
        long processors = (process.getProcessCpuTime() - startOfProcessors) / 1_000_000;
        Growth.FileTotals totals = growth.totals();
        System.out.println(milliseconds + " " + processors + " " + totals.addedFiles() + " " + totals.removedFiles() + " "
                + totals.resizedFiles() + " " + totals.movedFiles());
    }

    /** Of a hundred files one is resized, one is moved, and one is there on one side only. */
    private static void make(Path directory, int files, boolean later) throws Exception {
        Files.createDirectories(directory);
        long bytes = 0;
        try (Writer out = new BufferedWriter(new OutputStreamWriter(
                new GZIPOutputStream(Files.newOutputStream(directory.resolve("inventory.ndjson.gz")), 1 << 16),
                StandardCharsets.US_ASCII))) {
            for (int i = 0; i < files; i++) {
                int kind = i % 100;
                long size = 97 + (long) i * 7919 % 60_000 + (later && kind == 1 ? 5_000 : 0);
                String name = later && kind == 2 ? "moved" : later && kind == 3 ? "added" : "file";
                long content = later && (kind == 1 || kind == 3) ? files + (long) i : i;
                bytes += size;
                out.write(("{\"path\":\"usr/lib/python3/dist-packages/package%04d/module%02d/%s_%07d.py\",\"bytes\":%d,\"layer\":0,"
                        + "\"component\":\"base\",\"sha256\":\"%064x\"}\n").formatted(i / 300, i / 25 % 12, name, i, size, content));
            }
        }
        RecordedAudit audit = new RecordedAudit(
                Outcome.PASS,
                new RecordedImage("acme/large:1.0", "sha256:" + "0123456789abcdef".repeat(4), "engine", "linux/amd64"),
                new Sizes(bytes, bytes, 0, 0, bytes, bytes, null, 1, files),
                List.of(new RecordedLayer(0, "sha256:" + "ab".repeat(32), "COPY . /", false, bytes, null, 0, files)),
                List.of(new Component("base", bytes, files)),
                List.of(), List.of(), List.of(), null);
        try (OutputStream out = Files.newOutputStream(directory.resolve("audit.json"))) {
            AuditJsonWriter.write(audit, out);
        }
    }
}

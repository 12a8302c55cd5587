import com.sun.management.OperatingSystemMXBean;
import io.github.bitnetmaven.audit.component.Component;
import io.github.bitnetmaven.audit.file.AuditJsonWriter;
import io.github.bitnetmaven.audit.file.RecordedAudit;
import io.github.bitnetmaven.audit.file.RecordedImage;
import io.github.bitnetmaven.audit.file.RecordedLayer;
import io.github.bitnetmaven.audit.measurement.Sizes;
import io.github.bitnetmaven.audit.verdict.Outcome;
import io.github.bitnetmaven.report.ReportChoice;
import io.github.bitnetmaven.report.Reports;
import io.github.bitnetmaven.report.format.BuildServer;
import io.github.bitnetmaven.report.format.ReportDirectory;
import io.github.bitnetmaven.report.format.ReportSettings;
import java.io.BufferedOutputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;

/** Makes up an audit of so many files, and times all reports of it. */
class ReportsOnce {
    public static void main(String[] arguments) throws Exception {
        Path directory = Path.of(arguments[0]);
        int files = Integer.parseInt(arguments[1]);
        long bytes = 0;
        try (OutputStream out = new BufferedOutputStream(
                new GZIPOutputStream(Files.newOutputStream(directory.resolve(Reports.INVENTORY))), 1 << 16)) {
            for (int i = 0; i < files; i++) {
                long size = 97 + (long) i * 7919 % 60_000;
                bytes += size;
                out.write("{\"path\":\"usr/lib/python3/dist-packages/package%04d/module%02d/file_%07d.py\",\"bytes\":%d,\"layer\":0,\"component\":\"base\"}\n"
                        .formatted(i / 300, i / 25 % 12, i, size).getBytes(StandardCharsets.UTF_8));
            }
        }
        RecordedAudit audit = new RecordedAudit(
                Outcome.PASS,
                new RecordedImage("acme/large:1.0", "sha256:" + "0123456789abcdef".repeat(4), "engine", "linux/amd64"),
                new Sizes(bytes, bytes, 0, 0, bytes, bytes, null, 1, files),
                List.of(new RecordedLayer(0, "sha256:" + "ab".repeat(32), "COPY . /", false, bytes, null, 0, files)),
                List.of(new Component("base", bytes, files)),
                List.of(), List.of(), List.of(), null);
        try (OutputStream out = Files.newOutputStream(directory.resolve(Reports.AUDIT))) {
            AuditJsonWriter.write(audit, out);
        }
        Reports reports = new Reports(
                new ReportDirectory(directory),
                ReportChoice.of(ReportChoice.names(), BuildServer.none()),
                ReportSettings.plain(),
                line -> {},
                line -> {});
        OperatingSystemMXBean process = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        long[] milliseconds = new long[5];
        long[] processors = new long[5];
        for (int i = 0; i < milliseconds.length; i++) {
            long start = System.nanoTime();
            long startOfProcessors = process.getProcessCpuTime();
            reports.writeAgain(directory.resolve(Reports.AUDIT));
            milliseconds[i] = (System.nanoTime() - start) / 1_000_000;
            processors[i] = (process.getProcessCpuTime() - startOfProcessors) / 1_000_000;
        }
        long cold = milliseconds[0];
        long coldProcessors = processors[0];
        Arrays.sort(milliseconds);
        Arrays.sort(processors);
        System.out.printf(Locale.ROOT, "files             %,d%nreports           %s%n", files, String.join(", ", ReportChoice.names()));
        System.out.printf(Locale.ROOT, "cold              %d ms, %d ms of the processors%n", cold, coldProcessors);
        System.out.printf(Locale.ROOT, "warm              %d ms, %d ms of the processors (medians of 5)%n", milliseconds[2], processors[2]);
        System.out.printf(Locale.ROOT, "heap              at most %d MB%n", Runtime.getRuntime().maxMemory() >> 20);
    }
}

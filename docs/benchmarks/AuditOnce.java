import io.github.bitnetmaven.audit.Audit;
import io.github.bitnetmaven.audit.Auditor;
import io.github.bitnetmaven.audit.budget.Budgets;
import io.github.bitnetmaven.audit.file.AuditJsonWriter;
import io.github.bitnetmaven.audit.file.InventoryWriter;
import io.github.bitnetmaven.audit.measurement.PathPatterns;
import io.github.bitnetmaven.configuration.BudgetsParameters;
import io.github.bitnetmaven.engine.DockerEngine;
import io.github.bitnetmaven.engine.Engine;
import io.github.bitnetmaven.engine.EngineAddress;
import io.github.bitnetmaven.image.ImageSource;
import io.github.bitnetmaven.image.ReadOptions;
import io.github.bitnetmaven.image.source.ArchiveSources;
import io.github.bitnetmaven.image.source.EngineImageSource;
import io.github.bitnetmaven.progress.Progress;
import java.io.BufferedOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The audit of one image without Maven around it: reading, measurement, components, budgets, inventory and audit.json.
 * Prints the milliseconds that passed, those of the processors, those of the main thread and of all other threads that
 * read, decompress and hash, and the peak of the heap in MB.
 *
 * <pre>
 * AuditOnce audit|verify engine:NAME|ARCHIVE REPORTS [WARM TIMES]
 * AuditOnce nowhere      engine:NAME         REPORTS [WARM TIMES]   reads the engine's stream of the image to nowhere
 * </pre>
 *
 * The clock starts with main, or when the JVM has audited the image WARM so many times.
 */
public final class AuditOnce {
    private static final String ENGINE = "engine:";
    private static final Map<Long, Long> OTHERS = new ConcurrentHashMap<>();
    private static volatile boolean done;

    private AuditOnce() {}

    public static void main(String[] arguments) throws Exception {
        var system = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        Thread sampler = new Thread(AuditOnce::sample);
        sampler.start();
        Path reports = Path.of(arguments[2]);
        boolean warm = arguments.length > 3;
        for (int i = 0; warm && i < Integer.parseInt(arguments[4]); i++) {
            audit(arguments[3], reports, false);
        }
        long processors = warm ? system.getProcessCpuTime() : 0;
        long start = System.nanoTime();
        if (arguments[0].equals("nowhere")) {
            byte[] buffer = new byte[1 << 18];
            try (InputStream in = engine().saveImage(arguments[1].substring(ENGINE.length()))) {
                while (in.read(buffer) >= 0) {
                    // To nowhere.
                }
            }
        } else {
            audit(arguments[1], reports, arguments[0].equals("verify"));
        }
        long took = System.nanoTime() - start;
        done = true;
        sampler.join();
        long main = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        long heap = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == java.lang.management.MemoryType.HEAP)
                .mapToLong(pool -> pool.getPeakUsage().getUsed())
                .sum();
        System.out.println(took / 1_000_000 + " " + (system.getProcessCpuTime() - processors) / 1_000_000 + " "
                + main / 1_000_000 + " "
                + OTHERS.values().stream().mapToLong(Long::longValue).sum() / 1_000_000 + " "
                + heap / 1_000_000);
    }

    /** Threads that have ended no longer tell what they took. */
    private static void sample() {
        var threads = ManagementFactory.getThreadMXBean();
        while (!done) {
            for (var thread : threads.getThreadInfo(threads.getAllThreadIds())) {
                if (thread != null && thread.getThreadName().startsWith("bitnet")) {
                    OTHERS.merge(thread.getThreadId(), threads.getThreadCpuTime(thread.getThreadId()), Math::max);
                }
            }
            try {
                Thread.sleep(5);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private static Engine engine() throws Exception {
        return DockerEngine.connect(EngineAddress.resolve(null, null, EngineAddress.Host.current()));
    }

    private static void audit(String image, Path reports, boolean verify) throws Exception {
        BudgetsParameters budgets = new BudgetsParameters();
        Map<String, String> limits = Map.of(
                "bitnet.budget.image", "1TB",
                "bitnet.budget.withoutModel", "1TB",
                "bitnet.budget.waste", "1TB",
                "bitnet.budget.layer", "1TB");
        budgets.complete(limits::get);
        ImageSource source = image.startsWith(ENGINE)
                ? new EngineImageSource(engine(), image.substring(ENGINE.length()))
                : ArchiveSources.open(Path.of(image));
        Auditor auditor =
                new Auditor(Budgets.of(budgets), PathPatterns.including(List.of("**/*.gguf"), "<modelPatterns>"));
        Audit audit =
                auditor.audit(source, new ReadOptions(null, verify, false, List.of(), List.of()), Progress.silent());
        Files.createDirectories(reports);
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(reports.resolve("inventory.ndjson.gz")))) {
            InventoryWriter.write(audit.image(), audit.components(), out);
        }
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(reports.resolve("audit.json")))) {
            AuditJsonWriter.write(audit.recorded(), out);
        }
    }
}

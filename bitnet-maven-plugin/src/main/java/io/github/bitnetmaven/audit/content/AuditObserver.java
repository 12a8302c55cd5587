package io.github.bitnetmaven.audit.content;

import io.github.bitnetmaven.image.ContentObserver;
import io.github.bitnetmaven.image.EntryTable;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Set;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what components and findings want to know of contents: the heads of programs, the lists of packages, and of
 * larger files and of models a checksum that tells copies. Checksums need whole files: where contents can be skipped
 * those of larger files are not taken, until {@link #ofSizes} asks for those that may be copies.
 */
public final class AuditObserver implements ContentObserver {
    /** Copies of smaller files are not looked for. */
    public static final long SMALLEST_COPY = 64 * 1024;

    /** A new kind of file is one line here. */
    private static final List<ContentReader> READERS = List.of(
            new DebianListReader(),
            new DebianStatusReader(),
            new AutoInstalledReader(),
            new PythonRecordReader(),
            new LinkerCacheReader(),
            new ElfReader());

    /** Sources of llama.cpp have vocabularies of that name, some of one size, and in a clone without LFS all are tiny. */
    private static final String MODEL = ".gguf";

    private static final String WITH_CHECKSUMS = "audit-2";
    private static final String WITHOUT_CHECKSUMS = "audit-heads-2";
    private static final String WITH_SOME_CHECKSUMS = "audit-sizes-2";

    private static final AuditObserver IN_PASSING =
            new AuditObserver(WITH_CHECKSUMS, bytes -> bytes >= SMALLEST_COPY, false);

    private final String id;
    private final LongPredicate checksums;
    private final boolean evenWhereContentsCanBeSkipped;

    private AuditObserver(String id, LongPredicate checksums, boolean evenWhereContentsCanBeSkipped) {
        this.id = id;
        this.checksums = checksums;
        this.evenWhereContentsCanBeSkipped = evenWhereContentsCanBeSkipped;
    }

    /** For the first reading. */
    public static AuditObserver inPassing() {
        return IN_PASSING;
    }

    /** For a second reading: files of these sizes are read whole. */
    public static AuditObserver ofSizes(Set<Long> sizes) {
        return new AuditObserver(WITH_SOME_CHECKSUMS, Set.copyOf(sizes)::contains, true);
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public ContentObserver whereContentsCanBeSkipped() {
        return evenWhereContentsCanBeSkipped ? this : new AuditObserver(WITHOUT_CHECKSUMS, bytes -> false, false);
    }

    @Override
    public boolean wants(String path, long bytes, int mode) {
        return isSummedUp(path, bytes) || reader(path, bytes, mode) != null;
    }

    /** Small models always are: nothing but their contents tells whether two are one, and reading them takes no time. */
    private boolean isSummedUp(String path, long bytes) {
        return checksums.test(bytes) || bytes < SMALLEST_COPY && path.endsWith(MODEL);
    }

    private static @Nullable ContentReader reader(String path, long bytes, int mode) {
        for (ContentReader reader : READERS) {
            if (reader.wants(path, bytes, mode)) {
                return reader;
            }
        }
        return null;
    }

    @Override
    public @Nullable String observe(String path, long bytes, int mode, InputStream content) throws IOException {
        ContentReader reader = reader(path, bytes, mode);
        if (!isSummedUp(path, bytes)) {
            String told = reader == null ? null : reader.read(content);
            return told == null ? null : "\n" + told;
        }
        Checksum summed = new Checksum(content);
        String told = reader == null ? null : reader.read(summed);
        return summed.finish() + "\n" + (told == null ? "" : told);
    }

    /** The checksum of a file's content, as text; null when it was not taken. */
    public static @Nullable String checksum(EntryTable entries, int entry) {
        String fact = fact(entries, entry);
        String sum = fact == null ? "" : fact.substring(0, fact.indexOf('\n'));
        return sum.isEmpty() ? null : sum;
    }

    /** What a {@link ContentReader} told of a file; null when there is nothing. */
    static @Nullable String told(EntryTable entries, int entry) {
        String fact = fact(entries, entry);
        String told = fact == null ? "" : fact.substring(fact.indexOf('\n') + 1);
        return told.isEmpty() ? null : told;
    }

    private static @Nullable String fact(EntryTable entries, int entry) {
        for (String id : List.of(WITH_CHECKSUMS, WITHOUT_CHECKSUMS, WITH_SOME_CHECKSUMS)) {
            String fact = entries.fact(id, entry);
            if (fact != null) {
                return fact;
            }
        }
        return null;
    }
}

package io.github.bitnetmaven.elf;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is needed of an ELF executable or library, of 32 or 64 bits and either byte order (System V ABI, chapters 4 and 5).
 * The file goes by only once: what comes before the dynamic section is kept, up to a limit.
 *
 * @param machine {@code e_machine}, such as 62 for x86-64
 * @param executable whether it is a program, not only a library
 * @param interpreter {@code PT_INTERP}: the loader; empty for a static program and for most libraries
 * @param needed {@code DT_NEEDED}, in order
 * @param strippableBytes symbols and debug data that nothing reads at run time
 */
public record ElfFile(
        int machine,
        boolean executable,
        String interpreter,
        String rpath,
        String runpath,
        List<String> needed,
        long strippableBytes) {
    private static final int MAX_HEADERS = 4096;
    private static final int MAX_DYNAMIC = 1 << 20;
    private static final int MAX_NAME = 4096;

    private static final int ET_EXEC = 2;
    private static final int ET_DYN = 3;
    private static final int PT_LOAD = 1;
    private static final int PT_DYNAMIC = 2;
    private static final int PT_INTERP = 3;
    private static final long DT_NEEDED = 1;
    private static final long DT_STRTAB = 5;
    private static final long DT_RPATH = 15;
    private static final long DT_RUNPATH = 29;
    private static final long DT_FLAGS_1 = 0x6ffffffbL;
    private static final long DF_1_PIE = 0x08000000L;
    private static final int SHT_PROGBITS = 1;
    private static final int SHT_SYMTAB = 2;
    private static final int SHF_ALLOC = 2;

    /** What no program reads at run time but is as small stays after stripping, such as {@code .comment}. */
    private static final long SMALL_SECTION = 1024;

    public ElfFile {
        needed = List.copyOf(needed);
    }

    /**
     * Reads a file, not always to its end.
     *
     * @return empty for what is no ELF file, is damaged, or is laid out so that one pass does not do
     */
    public static Optional<ElfFile> read(InputStream content) throws IOException {
        try {
            return Optional.ofNullable(new Parser(new ForwardBytes(content)).parse());
        } catch (ForwardBytes.OutOfReachException e) {
            return Optional.empty();
        }
    }

    private record Segment(int type, long offset, long address, long bytes) {}

    private record Section(int type, long flags, long bytes, int link) {}

    private static final class Builder {
        private int machine;
        private boolean executable;
        private String interpreter = "";
        private String rpath = "";
        private String runpath = "";
        private final List<String> needed = new ArrayList<>();
        private long strippable;

        ElfFile build() {
            return new ElfFile(machine, executable, interpreter, rpath, runpath, needed, strippable);
        }
    }

    /** Offsets within the headers: {@code wide} is 64 bits. */
    private static final class Parser {
        private final ForwardBytes file;
        private boolean wide;
        private ByteOrder order = ByteOrder.LITTLE_ENDIAN;

        Parser(ForwardBytes file) {
            this.file = file;
        }

        @Nullable ElfFile parse() throws IOException, ForwardBytes.OutOfReachException {
            ByteBuffer start = file.at(0, 16);
            boolean elf = start.getInt(0) == 0x7f454c46 && (start.get(4) == 1 || start.get(4) == 2);
            if (!elf || (start.get(5) != 1 && start.get(5) != 2)) {
                return null;
            }
            wide = start.get(4) == 2;
            order = start.get(5) == 1 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
            ByteBuffer header = bytes(0, wide ? 64 : 52);
            int type = header.getShort(16);
            if (type != ET_EXEC && type != ET_DYN) {
                return null;
            }
            int counts = wide ? 54 : 42;
            List<Segment> segments = segments(
                    word(header, wide ? 32 : 28),
                    unsigned(header, counts),
                    unsigned(header, counts + 2));
            Builder facts = new Builder();
            facts.machine = header.getShort(18) & 0xffff;
            facts.executable = type == ET_EXEC;
            for (Segment segment : segments) {
                if (segment.type == PT_INTERP) {
                    facts.interpreter = text(segment.offset, segment.bytes);
                    facts.executable = true;
                }
            }
            for (Segment segment : segments) {
                if (segment.type == PT_DYNAMIC) {
                    dynamic(segment, segments, facts);
                }
            }
            facts.strippable = strippable(
                    word(header, wide ? 40 : 32), unsigned(header, counts + 4), unsigned(header, counts + 6));
            return facts.build();
        }

        private List<Segment> segments(long offset, int size, int count)
                throws IOException, ForwardBytes.OutOfReachException {
            if (count > MAX_HEADERS || (count > 0 && size != (wide ? 56 : 32))) {
                throw new ForwardBytes.OutOfReachException();
            }
            ByteBuffer table = bytes(offset, count * size);
            List<Segment> segments = new ArrayList<>();
            for (int at = 0; at < count * size; at += size) {
                segments.add(new Segment(
                        table.getInt(at),
                        word(table, at + (wide ? 8 : 4)),
                        word(table, at + (wide ? 16 : 8)),
                        word(table, at + (wide ? 32 : 16))));
            }
            return segments;
        }

        private void dynamic(Segment dynamic, List<Segment> segments, Builder facts)
                throws IOException, ForwardBytes.OutOfReachException {
            if (dynamic.bytes < 0 || dynamic.bytes > MAX_DYNAMIC) {
                throw new ForwardBytes.OutOfReachException();
            }
            int word = wide ? 8 : 4;
            ByteBuffer table = bytes(dynamic.offset, (int) dynamic.bytes);
            long strings = -1;
            for (int at = 0; at + 2 * word <= table.limit() && word(table, at) != 0; at += 2 * word) {
                if (word(table, at) == DT_STRTAB) {
                    strings = fileOffset(word(table, at + word), segments);
                }
            }
            for (int at = 0; at + 2 * word <= table.limit() && word(table, at) != 0; at += 2 * word) {
                long tag = word(table, at);
                long value = word(table, at + word);
                if (tag == DT_NEEDED && facts.needed.size() < MAX_HEADERS) {
                    facts.needed.add(name(strings, value));
                } else if (tag == DT_RPATH) {
                    facts.rpath = name(strings, value);
                } else if (tag == DT_RUNPATH) {
                    facts.runpath = name(strings, value);
                } else if (tag == DT_FLAGS_1 && (value & DF_1_PIE) != 0) {
                    facts.executable = true;
                }
            }
        }

        private static long fileOffset(long address, List<Segment> segments) {
            for (Segment segment : segments) {
                long into = address - segment.address;
                if (segment.type == PT_LOAD && into >= 0 && into < segment.bytes) {
                    return segment.offset + into;
                }
            }
            return -1;
        }

        private String name(long strings, long offset) throws IOException, ForwardBytes.OutOfReachException {
            if (strings < 0 || offset < 0 || strings + offset < 0) {
                throw new ForwardBytes.OutOfReachException();
            }
            return text(strings + offset, MAX_NAME);
        }

        /** Symbols and debug data: what {@code strip} removes. */
        private long strippable(long offset, int size, int count)
                throws IOException, ForwardBytes.OutOfReachException {
            if (offset <= 0 || count == 0 || count > MAX_HEADERS || size != (wide ? 64 : 40)) {
                return 0;
            }
            ByteBuffer table = bytes(offset, count * size);
            List<Section> sections = new ArrayList<>();
            for (int at = 0; at < count * size; at += size) {
                sections.add(new Section(
                        table.getInt(at + 4),
                        word(table, at + 8),
                        Math.max(0, word(table, at + (wide ? 32 : 20))),
                        table.getInt(at + (wide ? 40 : 24))));
            }
            long bytes = 0;
            for (Section section : sections) {
                if (section.type == SHT_SYMTAB) {
                    bytes += section.bytes;
                    bytes += section.link > 0 && section.link < count ? sections.get(section.link).bytes : 0;
                } else if (section.type == SHT_PROGBITS
                        && (section.flags & SHF_ALLOC) == 0
                        && section.bytes >= SMALL_SECTION) {
                    bytes += section.bytes;
                }
            }
            return Math.max(0, bytes);
        }

        private long word(ByteBuffer from, int at) {
            return wide ? from.getLong(at) : from.getInt(at) & 0xffffffffL;
        }

        private static int unsigned(ByteBuffer from, int at) {
            return from.getShort(at) & 0xffff;
        }

        private String text(long offset, long limit) throws IOException, ForwardBytes.OutOfReachException {
            String text = file.text(offset, (int) Math.min(Math.max(0, limit), MAX_NAME));
            if (text.chars().anyMatch(c -> c < ' ')) {
                throw new ForwardBytes.OutOfReachException();
            }
            return text;
        }

        private ByteBuffer bytes(long offset, int count) throws IOException, ForwardBytes.OutOfReachException {
            return file.at(offset, count).order(order);
        }
    }
}

package io.github.bitnetmaven.backend;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is needed of a 64-bit little-endian ELF executable or library (System V ABI, chapters 4 and 5). Reads a few
 * kilobytes, whatever the file claims.
 *
 * @param machine {@code e_machine}, such as 62 for x86-64
 * @param interpreter {@code PT_INTERP}: the loader; empty for a static executable and for most libraries
 * @param needed {@code DT_NEEDED}, in order
 * @param sectionSymbols whether there is a symbol table that stripping would remove
 */
public record ElfFile(int machine, String interpreter, List<String> needed, boolean sectionSymbols) {
    private static final int HEADER = 64;
    private static final int PROGRAM_HEADER = 56;
    private static final int SECTION_HEADER = 64;
    private static final int MAX_HEADERS = 4096;
    private static final int MAX_DYNAMIC = 1 << 20;
    private static final int MAX_NAME = 4096;

    private static final int PT_LOAD = 1;
    private static final int PT_DYNAMIC = 2;
    private static final int PT_INTERP = 3;
    private static final long DT_NULL = 0;
    private static final long DT_NEEDED = 1;
    private static final long DT_STRTAB = 5;
    private static final int SHT_SYMTAB = 2;

    public ElfFile {
        needed = List.copyOf(needed);
    }

    /** Reads a file; empty when it is no such ELF file, or a damaged one. */
    public static Optional<ElfFile> read(Path file) throws IOException {
        try (SeekableByteChannel channel = Files.newByteChannel(file)) {
            return read(channel);
        }
    }

    /** Reads what is in a channel from position 0; empty when it is no such ELF file, or a damaged one. */
    public static Optional<ElfFile> read(SeekableByteChannel channel) throws IOException {
        try {
            return Optional.of(new Reader(channel).read());
        } catch (DamagedException e) {
            return Optional.empty();
        }
    }

    private record Segment(int type, long offset, long address, long bytes) {}

    /** Thrown and caught here: the file is not what its header says. */
    private static final class DamagedException extends Exception {
        private static final long serialVersionUID = 1L;
    }

    private static final class Reader {
        private final SeekableByteChannel channel;
        private final long size;

        Reader(SeekableByteChannel channel) throws IOException {
            this.channel = channel;
            this.size = channel.size();
        }

        ElfFile read() throws IOException, DamagedException {
            ByteBuffer header = bytes(0, HEADER);
            boolean known = header.getInt(0) == 0x464c457f && header.get(4) == 2 && header.get(5) == 1;
            int headers = header.getShort(56) & 0xffff;
            if (!known || headers > MAX_HEADERS || (headers > 0 && header.getShort(54) != PROGRAM_HEADER)) {
                throw new DamagedException();
            }
            List<Segment> segments = segments(header.getLong(32), headers);
            String interpreter = "";
            List<String> needed = List.of();
            for (Segment segment : segments) {
                if (segment.type == PT_INTERP) {
                    interpreter = text(segment.offset, segment.bytes);
                } else if (segment.type == PT_DYNAMIC) {
                    needed = needed(segment, segments);
                }
            }
            return new ElfFile(header.getShort(18) & 0xffff, interpreter, needed, hasSymbols(header));
        }

        private List<Segment> segments(long offset, int count) throws IOException, DamagedException {
            ByteBuffer table = bytes(offset, count * PROGRAM_HEADER);
            List<Segment> segments = new ArrayList<>();
            for (int at = 0; at < count * PROGRAM_HEADER; at += PROGRAM_HEADER) {
                segments.add(new Segment(
                        table.getInt(at), table.getLong(at + 8), table.getLong(at + 16), table.getLong(at + 32)));
            }
            return segments;
        }

        private List<String> needed(Segment dynamic, List<Segment> segments) throws IOException, DamagedException {
            if (dynamic.bytes < 0 || dynamic.bytes > MAX_DYNAMIC) {
                throw new DamagedException();
            }
            ByteBuffer table = bytes(dynamic.offset, (int) dynamic.bytes);
            List<Long> names = new ArrayList<>();
            long strings = -1;
            for (int at = 0; at + 16 <= dynamic.bytes && table.getLong(at) != DT_NULL; at += 16) {
                if (table.getLong(at) == DT_NEEDED) {
                    names.add(table.getLong(at + 8));
                } else if (table.getLong(at) == DT_STRTAB) {
                    strings = fileOffset(table.getLong(at + 8), segments);
                }
            }
            if (names.size() > MAX_HEADERS || (strings < 0 && !names.isEmpty())) {
                throw new DamagedException();
            }
            List<String> needed = new ArrayList<>();
            for (long name : names) {
                needed.add(text(Math.addExact(strings, Math.max(0, Math.min(name, size))), MAX_NAME));
            }
            return needed;
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

        private boolean hasSymbols(ByteBuffer header) throws IOException, DamagedException {
            int count = header.getShort(60) & 0xffff;
            if (count == 0 || count > MAX_HEADERS || header.getShort(58) != SECTION_HEADER) {
                return false;
            }
            ByteBuffer table = bytes(header.getLong(40), count * SECTION_HEADER);
            for (int at = 0; at < count * SECTION_HEADER; at += SECTION_HEADER) {
                if (table.getInt(at + 4) == SHT_SYMTAB) {
                    return true;
                }
            }
            return false;
        }

        /** The characters up to the first 0, at most so many. */
        private String text(long offset, long limit) throws IOException, DamagedException {
            if (offset < 0 || offset >= size) {
                throw new DamagedException();
            }
            ByteBuffer bytes = bytes(offset, (int) Math.min(Math.min(limit, MAX_NAME), size - offset));
            int end = 0;
            while (end < bytes.limit() && bytes.get(end) != 0) {
                end++;
            }
            return new String(bytes.array(), 0, end, StandardCharsets.UTF_8);
        }

        private ByteBuffer bytes(long offset, int count) throws IOException, DamagedException {
            if (offset < 0 || count < 0 || offset > size - count) {
                throw new DamagedException();
            }
            ByteBuffer buffer = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
            channel.position(offset);
            while (buffer.hasRemaining()) {
                if (channel.read(buffer) < 0) {
                    throw new DamagedException();
                }
            }
            return buffer.flip().order(ByteOrder.LITTLE_ENDIAN);
        }
    }
}

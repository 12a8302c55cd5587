package io.github.bitnetmaven.elf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes small ELF files: one loaded segment over the whole file, at address 0x10000. */
public final class ElfBytes {
    /** What the only section says it has: a table of symbols, or another one. */
    static final int SECTION_BYTES = 100;

    private static final int ADDRESS = 0x10000;

    private ElfBytes() {}

    public static byte[] executable(int machine, String interpreter, List<String> needed, boolean symbols) {
        ByteBuffer file = ByteBuffer.allocate(4096).order(ByteOrder.LITTLE_ENDIAN);
        int headers = 1 + (interpreter.isEmpty() ? 0 : 1) + (needed.isEmpty() ? 0 : 1);
        int interpreterAt = 64 + headers * 56;
        int stringsAt = interpreterAt + interpreter.length() + 1;
        int dynamicAt = stringsAt + 1 + needed.stream().mapToInt(name -> name.length() + 1).sum();
        int dynamicBytes = 16 * (needed.size() + 2);
        int sectionsAt = dynamicAt + dynamicBytes;

        file.put(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1}).position(16);
        file.putShort((short) 2).putShort((short) machine).putInt(1).putLong(ADDRESS);
        file.putLong(64).putLong(sectionsAt).putInt(0).putShort((short) 64);
        file.putShort((short) 56).putShort((short) headers).putShort((short) 64).putShort((short) 1).putShort((short) 0);
        segment(file, 1, 0, 4096);
        if (!interpreter.isEmpty()) {
            segment(file, 3, interpreterAt, interpreter.length() + 1);
        }
        if (!needed.isEmpty()) {
            segment(file, 2, dynamicAt, dynamicBytes);
        }
        file.position(interpreterAt).put(interpreter.getBytes(StandardCharsets.UTF_8));
        int name = 1;
        file.position(dynamicAt);
        for (String library : needed) {
            file.putLong(1).putLong(name);
            file.put(stringsAt + name, library.getBytes(StandardCharsets.UTF_8));
            name += library.length() + 1;
        }
        file.putLong(5).putLong(ADDRESS + stringsAt);
        file.putInt(sectionsAt + 4, symbols ? 2 : 3);
        file.putLong(sectionsAt + 32, SECTION_BYTES);
        return file.array();
    }

    private static void segment(ByteBuffer file, int type, long offset, long bytes) {
        file.putInt(type).putInt(5).putLong(offset).putLong(ADDRESS + offset).putLong(ADDRESS + offset);
        file.putLong(bytes).putLong(bytes).putLong(4096);
    }
}

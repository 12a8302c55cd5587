package io.github.bitnetmaven.audit.content;

import io.github.bitnetmaven.elf.ElfFile;
import java.util.List;

/**
 * What is kept of an ELF file.
 *
 * @param executable whether it is a program, not only a library
 * @param interpreter {@code PT_INTERP}: the loader; empty for a static program and for most libraries
 * @param needed {@code DT_NEEDED}, in order
 * @param strippableBytes symbols and debug data that nothing reads at run time
 */
public record ElfFacts(
        boolean executable,
        String interpreter,
        String rpath,
        String runpath,
        List<String> needed,
        long strippableBytes) {

    private static final String MARK = "elf";

    public ElfFacts {
        needed = List.copyOf(needed);
    }

    static ElfFacts of(ElfFile file) {
        return new ElfFacts(
                file.executable(),
                file.interpreter(),
                file.rpath(),
                file.runpath(),
                file.needed(),
                file.strippableBytes());
    }

    String encode() {
        String head = String.join(
                "\n", MARK, executable ? "x" : "", interpreter, rpath, runpath, Long.toString(strippableBytes));
        return needed.isEmpty() ? head : head + "\n" + String.join("\n", needed);
    }

    static boolean isEncoded(String fact) {
        return fact.startsWith(MARK + "\n");
    }

    static ElfFacts decode(String fact) {
        List<String> lines = List.of(fact.split("\n", -1));
        return new ElfFacts(
                !lines.get(1).isEmpty(),
                lines.get(2),
                lines.get(3),
                lines.get(4),
                lines.subList(6, lines.size()),
                Long.parseLong(lines.get(5)));
    }
}

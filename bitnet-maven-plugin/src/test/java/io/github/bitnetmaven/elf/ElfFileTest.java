package io.github.bitnetmaven.elf;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class ElfFileTest {
    private static final String LOADER = "/lib64/ld-linux-x86-64.so.2";

    private Optional<ElfFile> read(byte[] bytes) throws Exception {
        return ElfFile.read(new ByteArrayInputStream(bytes));
    }

    @Test
    void aDynamicExecutableNamesItsLoaderAndLibraries() throws Exception {
        List<String> needed = List.of("libllama.so", "libggml.so", "libc.so.6");
        assertThat(read(ElfBytes.executable(62, LOADER, needed, true)))
                .hasValueSatisfying(elf -> {
                    assertThat(elf.machine()).isEqualTo(62);
                    assertThat(elf.interpreter()).isEqualTo(LOADER);
                    assertThat(elf.needed()).isEqualTo(needed);
                    assertThat(elf.executable()).isTrue();
                    assertThat(elf.strippableBytes()).isEqualTo(ElfBytes.SECTION_BYTES);
                });
    }

    @Test
    void aStaticExecutableNamesNone() throws Exception {
        assertThat(read(ElfBytes.executable(183, "", List.of(), false)))
                .hasValueSatisfying(elf -> {
                    assertThat(elf.machine()).isEqualTo(183);
                    assertThat(elf.interpreter()).isEmpty();
                    assertThat(elf.needed()).isEmpty();
                    assertThat(elf.strippableBytes()).isZero();
                });
    }

    @Test
    void theExecutableOfThisJavaIsRead() throws Exception {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        ElfFile elf = read(Files.readAllBytes(java)).orElseThrow();
        assertThat(elf.machine()).isEqualTo(System.getProperty("os.arch").equals("aarch64") ? 183 : 62);
        assertThat(elf.interpreter()).startsWith("/").contains("ld-");
        assertThat(elf.needed()).anyMatch(name -> name.startsWith("libc."));
    }

    @Test
    void anotherFileIsNone() throws Exception {
        assertThat(read(new byte[0])).isEmpty();
        assertThat(read("#!/bin/sh\necho not an executable of the machine, but long enough for a header\n".getBytes()))
                .isEmpty();
    }

    @Test
    void aFileCutOffIsNeverMoreThanDamaged() throws Exception {
        byte[] whole = ElfBytes.executable(62, LOADER, List.of("libc.so.6"), true);
        for (int length = 0; length < 380; length += 4) {
            assertThat(read(Arrays.copyOf(whole, length))).as("first %d bytes", length).isEmpty();
        }
    }

    @Test
    void damageNeverCostsMoreThanTheAnswer() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        byte[] whole = ElfBytes.executable(62, LOADER, List.of("libllama.so", "libc.so.6"), true);
        for (int round = 0; round < 3000; round++) {
            byte[] damaged = whole.clone();
            for (int i = 0; i < 1 + random.nextInt(6); i++) {
                damaged[random.nextInt(500)] = (byte) (random.nextBoolean() ? 0xff : random.nextInt());
            }
            int tried = round;
            assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> read(damaged)))
                    .as("seed %d, round %d", seed, tried)
                    .isNull();
        }
    }
}

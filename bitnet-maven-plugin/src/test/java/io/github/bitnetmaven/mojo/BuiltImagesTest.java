package io.github.bitnetmaven.mojo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BuiltImagesTest {
    private static final String KEY = "0".repeat(64);
    private static final String ID = "sha256:" + "ab".repeat(32);

    @TempDir
    Path directory;

    private BuiltImages images;

    @BeforeEach
    void openStore() {
        images = new BuiltImages(directory.resolve("builds"));
    }

    @Test
    void whatWasKeptIsFoundByItsKey() {
        assertThat(images.find(KEY)).isEmpty();
        images.keep(KEY, ID);
        assertThat(images.find(KEY)).contains(ID);
        assertThat(images.find("1".repeat(64))).isEmpty();
    }

    @Test
    void aLaterImageOfTheSameTakesThePlaceOfTheFirst() {
        images.keep(KEY, ID);
        images.keep(KEY, "sha256:" + "cd".repeat(32));
        assertThat(images.find(KEY)).contains("sha256:" + "cd".repeat(32));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "sha256:ab", "debian:bookworm", "sha256:../../etc", "\u0000"})
    void whatIsNoIdIsNotTakenForOne(String content) throws Exception {
        images.keep(KEY, ID);
        Files.writeString(directory.resolve("builds").resolve(KEY), content);
        assertThat(images.find(KEY)).isEmpty();
    }

    @Test
    void aFileOfAnySizeIsReadOnlyAsFarAsAnIdIsLong() throws Exception {
        images.keep(KEY, ID);
        Files.writeString(directory.resolve("builds").resolve(KEY), ID + "x".repeat(1_000_000));
        assertThat(images.find(KEY)).isEmpty();
    }

    @Test
    void aStoreThatCannotBeWrittenKeepsNothing() throws Exception {
        Files.writeString(directory.resolve("builds"), "a file");
        images.keep(KEY, ID);
        assertThat(images.find(KEY)).isEmpty();
    }

    @Test
    void onlyThoseUsedLastStay() throws Exception {
        for (int i = 0; i < 501; i++) {
            String key = String.format("%064d", i);
            images.keep(key, ID);
            Files.setLastModifiedTime(directory.resolve("builds").resolve(key), FileTime.fromMillis(1000L * i));
        }
        assertThat(images.find(String.format("%064d", 1))).isPresent();
        images.keep("f".repeat(64), ID);
        assertThat(images.find(String.format("%064d", 2))).isEmpty();
        assertThat(images.find(String.format("%064d", 1))).isPresent();
        assertThat(images.find("f".repeat(64))).isPresent();
        assertThat(directory.resolve("builds").toFile().list()).hasSize(500);
    }
}

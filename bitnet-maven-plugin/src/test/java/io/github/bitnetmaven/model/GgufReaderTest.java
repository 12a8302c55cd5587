package io.github.bitnetmaven.model;

import static io.github.bitnetmaven.model.GgufBytes.int32;
import static io.github.bitnetmaven.model.GgufBytes.int64;
import static io.github.bitnetmaven.model.GgufBytes.string;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.bitnetmaven.configuration.BackendSettings.Kernels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GgufReaderTest {
    private static final int ARRAY = 9;
    private static final int STRING = 8;

    @TempDir
    Path directory;

    private Path file;

    @BeforeEach
    void nameFile() {
        file = directory.resolve("model.gguf");
    }

    @Test
    void readsWhatTheHeaderSays() throws Exception {
        byte[] bytes = GgufBytes.model(40);
        assertThat(read(bytes)).isEqualTo(new GgufHeader(3, "bitnet-b1.58", "tiny", 40, 1, bytes.length));
    }

    @Test
    void readsVersion2() throws Exception {
        assertThat(read(new GgufBytes().version(2).withData(0)).version()).isEqualTo(2);
    }

    @Test
    void skipsEntriesOfEveryType() throws Exception {
        GgufBytes gguf = new GgufBytes();
        int[] sizes = {1, 1, 2, 2, 4, 4, 4, 1, 0, 0, 8, 8, 8};
        for (int type = 0; type < sizes.length; type++) {
            if (sizes[type] > 0) {
                gguf.raw("value." + type, type, new byte[sizes[type]]);
                gguf.raw("array." + type, ARRAY, int32(type), int64(100_000), new byte[100_000 * sizes[type]]);
            }
        }
        gguf.raw("tokens", ARRAY, int32(STRING), int64(2), string("a"), string("b".repeat(200_000)));
        gguf.raw("nested", ARRAY, int32(ARRAY), int64(1), int32(0), int64(3), new byte[3]);
        assertThat(read(gguf.text("general.architecture", "llama").withData(0)).architecture())
                .isEqualTo("llama");
    }

    @Test
    void knowsTheSizesOfTensors() throws Exception {
        // Type, columns, rows, bytes: by hand from ggml_nbytes.
        long[][] cases = {
            {0, 256, 4, 4096},
            {1, 256, 4, 2048},
            {2, 256, 4, 576},
            {14, 256, 4, 840},
            {36, 256, 4, 288},
            {38, 256, 4, 288},
            {39, 3200, 32, 21_728},
            {39, 256, 4, 288},
            {35, 256, 4, 264},
            {999, 256, 4, 0},
        };
        for (long[] c : cases) {
            long header = read(new GgufBytes().tensor("t", 999, 0, 1).withData(0)).requiredBytes();
            byte[] bytes = new GgufBytes().tensor("t", (int) c[0], 0, c[1], c[2]).withData((int) c[3]);
            long shape = 8; // one dimension more than in the header measured
            assertThat(read(bytes).requiredBytes() - (header + shape + 31) / 32 * 32)
                    .as("type %d", c[0])
                    .isEqualTo(c[3]);
        }
    }

    @Test
    void heedsTheAlignment() throws Exception {
        byte[] bytes = new GgufBytes()
                .number("general.alignment", 4096)
                .tensor("t", 0, 8192, 16)
                .withData(0);
        assertThat(read(Arrays.copyOf(bytes, 4096 + 8192 + 64)).requiredBytes()).isEqualTo(4096 + 8192 + 64);
    }

    @Test
    void refusesWhatIsNotThere() {
        assertRefused("There is no model file " + file + ".");
    }

    @Test
    void refusesADirectory() throws Exception {
        Files.createDirectory(file);
        assertRefused("The model " + file + " is not a file but a directory: name the GGUF file in it.");
    }

    @Test
    void refusesAnEmptyFile() {
        assertRefused(new byte[0], "The model " + file + " is empty. Fetch it again.");
    }

    @Test
    void saysWhatAFileIsThatIsNoGguf() {
        String start = "The model " + file + " is not a GGUF file.";
        assertRefused("ggml", start + " It has to begin with the letters GGUF.");
        assertRefused("GG", start + " It has to begin with the letters GGUF.");
        assertRefused(
                "\n<!DOCTYPE html>",
                start + " It looks like a web page, perhaps of an error or a login; check the address it came from.");
        assertRefused("PK\u0003\u0004", start + " It looks like an archive; unpack it first.");
        assertRefused(
                "version https://git-lfs.github.com/spec/v1\noid sha256:4221\n",
                start + " It is a Git LFS pointer; fetch the content it stands for with: git lfs pull.");
    }

    @Test
    void refusesOtherVersionsAndByteOrders() {
        assertRefused(
                new GgufBytes().version(1).withData(0),
                "The model " + file + " is a GGUF file of version 1; only versions 2 and 3 can be read. Convert the"
                        + " model anew with BitNet's own scripts.");
        assertRefused(
                new GgufBytes().version(0x03000000).withData(0),
                "The model " + file + " is a big-endian GGUF file, which no machine supported here can load. Convert"
                        + " the model anew with BitNet's own scripts.");
    }

    @Test
    void refusesAFileWhoseTensorsAreCutOff() {
        byte[] bytes = GgufBytes.model(0);
        assertRefused(
                Arrays.copyOf(bytes, bytes.length - 1),
                "The model " + file + " is cut short: its header lists " + bytes.length + " bytes, but the file has "
                        + (bytes.length - 1) + ". Its download or copy was not finished; fetch it again.");
    }

    @Test
    void refusesAFileWhoseHeaderIsCutOffAnywhere() throws Exception {
        byte[] bytes = GgufBytes.model(0);
        for (int length = 4; length < bytes.length; length++) {
            Files.write(file, Arrays.copyOf(bytes, length));
            assertThatThrownBy(() -> GgufReader.read(file))
                    .isInstanceOf(ModelException.class)
                    .hasMessageStartingWith("The model " + file + " is cut short");
        }
    }

    @Test
    void refusesClaimsThatNoModelMakes() {
        String start = "The model " + file + " is damaged: ";
        assertRefused(
                new GgufBytes().claimTensors(-1).withData(0),
                start + "its number of tensors is 18446744073709551615; no model has more than 1000000. Fetch it"
                        + " again.");
        assertRefused(
                new GgufBytes().claimEntries(1L << 40).withData(0),
                start + "its number of metadata entries is 1099511627776; no model has more than 65536. Fetch it"
                        + " again.");
        assertRefused(
                new GgufBytes().raw("k", 13).withData(0), start + "k has the unknown type 13. Fetch it again.");
        assertRefused(
                new GgufBytes().raw("general.name", STRING, int64(1L << 33)).withData(0),
                start + "its general.name is 8589934592 bytes long; at most 1000 are possible. Fetch it again.");
        assertRefused(
                new GgufBytes().number("general.alignment", 33).withData(0),
                start + "its alignment is 33, which is not a power of two up to 1048576. Fetch it again.");
        assertRefused(
                new GgufBytes().text("general.file_type", "40").withData(0),
                start + "general.file_type is not a number of 32 bits. Fetch it again.");
        assertRefused(
                new GgufBytes().tensor("t", 0, 0, 1, 1, 1, 1, 1).withData(0),
                start + "tensor t has 5 dimensions; at most 4 are possible. Fetch it again.");
        assertRefused(
                new GgufBytes().tensor("t", 0, 0, 1L << 32, 1L << 32).withData(0),
                start + "tensor t is larger than any file. Fetch it again.");
        assertRefused(
                new GgufBytes().tensor("t", 0, -32, 64).withData(0),
                start + "tensor t is larger than any file. Fetch it again.");
    }

    @Test
    void refusesArraysThatClaimMoreThanTheFileHolds() {
        for (int type : new int[] {0, 12, STRING, ARRAY}) {
            byte[] bytes = new GgufBytes().raw("k", ARRAY, int32(type), int64(Long.MAX_VALUE)).withData(0);
            assertRefused(
                    bytes,
                    "The model " + file + " is cut short or damaged: its " + bytes.length
                            + " bytes end within the header (k). Fetch it again.");
        }
    }

    @Test
    void refusesDeeplyNestedArrays() {
        byte[][] nested = new byte[20_000][];
        for (int i = 0; i < nested.length; i += 2) {
            nested[i] = int32(ARRAY);
            nested[i + 1] = int64(1);
        }
        assertRefused(
                new GgufBytes().raw("k", ARRAY, nested).withData(0),
                "The model " + file + " is damaged: k has arrays in arrays, more than 4 deep. Fetch it again.");
    }

    @Test
    void printsNothingThatATerminalWouldObey() throws Exception {
        assertThat(read(new GgufBytes().text("general.name", "a\u001b[2Jb\n").withData(0)).name())
                .isEqualTo("a?[2Jb?");
    }

    @Test
    void readsATensorWithoutDimensionsOfEveryType() throws Exception {
        for (int type = 0; type <= 40; type++) {
            assertThat(read(new GgufBytes().tensor("scalar", type, 0).withData(64)).version()).as("type %d", type).isEqualTo(3);
        }
    }

    @Test
    void neverFailsInAnotherWayThanWithASentence() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        byte[] good = new GgufBytes()
                .text("general.architecture", "llama")
                .raw("tokens", ARRAY, int32(STRING), int64(3), string("a"), string("b"), string("c"))
                .raw("scores", ARRAY, int32(6), int64(3), new byte[12])
                .tensor("token_embd.weight", 36, 0, 256, 128)
                .tensor("output.weight", 39, 8224, 256, 128)
                .withData(30_000);
        read(good);
        int refused = 0;
        for (int round = 0; round < 3_000; round++) {
            byte[] bytes = Arrays.copyOf(good, random.nextInt(20) == 0 ? random.nextInt(good.length) : good.length);
            for (int changes = random.nextInt(4) + 1; changes > 0 && bytes.length > 0; changes--) {
                byte[] values = {0, 1, -1, 127, -128, (byte) random.nextInt()};
                bytes[random.nextInt(Math.min(bytes.length, 340))] = values[random.nextInt(values.length)];
            }
            try {
                read(bytes);
            } catch (ModelException e) {
                refused++;
                assertThat(e.getMessage()).startsWith("The model " + file + " is ").endsWith(".");
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed + ", round " + round, e);
            }
        }
        assertThat(refused).as("refused files, seed %d", seed).isBetween(500, 2_999);
    }

    @Test
    void acceptsAFileThatTheKernelsCanRun() throws Exception {
        for (Kernels kernels : Kernels.values()) {
            for (int fileType : new int[] {0, 1, 40}) {
                KernelCheck.check(model(fileType), kernels);
            }
        }
        KernelCheck.check(model(38), Kernels.TL1);
        KernelCheck.check(model(39), Kernels.TL2);
    }

    @Test
    void refusesAFileThatTheKernelsCannotRun() {
        assertThatThrownBy(() -> KernelCheck.check(model(38), Kernels.I2_S))
                .isInstanceOf(ModelException.class)
                .hasMessage("The model " + file + " is quantized as tl1, which the kernels i2_s cannot run. Set"
                        + " <backend><kernels> to tl1 (-Dbitnet.backend.kernels=tl1; for arm64 only), or use the i2_s"
                        + " file of the same model.");
        assertThatThrownBy(() -> KernelCheck.check(model(39), Kernels.TL1))
                .isInstanceOf(ModelException.class)
                .hasMessage("The model " + file + " is quantized as tl2, which the kernels tl1 cannot run. Set"
                        + " <backend><kernels> to tl2 (-Dbitnet.backend.kernels=tl2; for x86-64 only), or use the i2_s"
                        + " file of the same model.");
    }

    private ModelFile model(int fileType) throws IOException, ModelException {
        byte[] bytes = GgufBytes.model(fileType);
        return new ModelFile(file, "model.gguf", bytes.length, "0".repeat(64), read(bytes));
    }

    private GgufHeader read(byte[] bytes) throws IOException, ModelException {
        Files.write(file, bytes);
        return GgufReader.read(file);
    }

    private void assertRefused(String content, String message) {
        assertRefused(content.getBytes(ISO_8859_1), message);
    }

    private void assertRefused(byte[] bytes, String message) {
        assertThatThrownBy(() -> read(bytes))
                .isInstanceOf(ModelException.class)
                .hasMessage(message);
    }

    private void assertRefused(String message) {
        assertThatThrownBy(() -> GgufReader.read(file))
                .isInstanceOf(ModelException.class)
                .hasMessage(message);
    }
}

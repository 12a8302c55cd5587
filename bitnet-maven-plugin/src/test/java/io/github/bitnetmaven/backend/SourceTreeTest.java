package io.github.bitnetmaven.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SourceTreeTest {
    @TempDir
    Path root;

    @Test
    void aTreeOfBitNetIsRecognized() throws Exception {
        assertThat(Trees.tree(Trees.bitnet(root)).kind()).isEqualTo(SourceTree.Kind.BITNET);
    }

    @Test
    void aTreeOfLlamaCppIsRecognized() throws Exception {
        assertThat(Trees.tree(Trees.llamaCpp(root)).kind()).isEqualTo(SourceTree.Kind.LLAMA_CPP);
    }

    @Test
    void anotherDirectoryIsRefused() {
        Trees.write(root, "CMakeLists.txt", "");
        assertThatThrownBy(() -> Trees.tree(root))
                .isInstanceOf(BackendException.class)
                .hasMessage("No backend can be compiled from the tree: it is neither a source tree of BitNet.cpp (CMakeLists.txt and 3rdparty/llama.cpp/)"
                        + " nor one of llama.cpp (CMakeLists.txt and ggml/). Set <backend><directory>"
                        + " (-Dbitnet.backend.directory) to the root of such a tree.");
    }

    @Test
    void anEmptySubmoduleIsRefused() throws Exception {
        Trees.write(root, "CMakeLists.txt", "");
        Files.createDirectories(root.resolve("3rdparty/llama.cpp"));
        assertThatThrownBy(() -> Trees.tree(root))
                .hasMessage("The submodule 3rdparty/llama.cpp of the tree is empty. Run"
                        + " 'git submodule update --init --recursive' in " + root + ".");
    }

    @Test
    void whatNoCompilationReadsIsLeftOut() throws Exception {
        Trees.bitnet(root);
        for (String unused : List.of(
                ".git/config",
                ".github/workflows/x.yml",
                "models/a/ggml-model-i2_s.gguf",
                "assets/picture.svg",
                "docs/guide.md",
                "build/CMakeCache.txt",
                "out/CMakeCache.txt",
                "out/huge.o",
                "3rdparty/llama.cpp/.git",
                "3rdparty/llama.cpp/docs/x.md",
                "3rdparty/llama.cpp/media/x.svg",
                "3rdparty/llama.cpp/models/ggml-vocab-gpt.gguf",
                "3rdparty/llama.cpp/examples/demo/screen.png",
                "3rdparty/llama.cpp/ggml/src/kompute/kompute.cpp")) {
            Trees.write(root, unused, "x");
        }
        List<String> before = Trees.tree(Trees.bitnet(root)).files().stream().map(SourceFile::path).toList();
        assertThat(before)
                .containsExactly(
                        "3rdparty/llama.cpp/CMakeLists.txt",
                        "3rdparty/llama.cpp/ggml/src/ggml.c",
                        "CMakeLists.txt",
                        "include/ggml-bitnet.h",
                        "utils/codegen_tl1.py",
                        "utils/codegen_tl2.py");
    }

    @Test
    void sourceThatOnlySoundsUnusedIsKept() throws Exception {
        Trees.llamaCpp(root);
        Trees.write(root, "src/models/llama.cpp", "x");
        Trees.write(root, "tools/server/public/icon.png", "x");
        assertThat(Trees.tree(root).files())
                .extracting(SourceFile::path)
                .contains("src/models/llama.cpp", "tools/server/public/icon.png");
    }

    @Test
    void oneChangedByteChangesTheKey() throws Exception {
        String before = Trees.tree(Trees.bitnet(root)).key();
        Path file = root.resolve("3rdparty/llama.cpp/ggml/src/ggml.c");
        FileTime time = Files.getLastModifiedTime(file);
        Files.writeString(file, "int ggmm;\n");
        Files.setLastModifiedTime(file, time);
        assertThat(Trees.tree(root).key()).isNotEqualTo(before).hasSize(64);
    }

    @Test
    void timesAndUnusedFilesDoNotChangeTheKey() throws Exception {
        String before = Trees.tree(Trees.bitnet(root)).key();
        Files.setLastModifiedTime(root.resolve("CMakeLists.txt"), FileTime.fromMillis(5_000));
        Trees.write(root, "docs/guide.md", "x");
        assertThat(Trees.tree(root).key()).isEqualTo(before);
    }

    @Test
    void aRenamedFileChangesTheKey() throws Exception {
        String before = Trees.tree(Trees.bitnet(root)).key();
        Files.move(root.resolve("include/ggml-bitnet.h"), root.resolve("include/ggml-bitnet2.h"));
        assertThat(Trees.tree(root).key()).isNotEqualTo(before);
    }

    @Test
    void aLinkOutOfTheTreeIsRefused() throws Exception {
        Trees.bitnet(root);
        Files.createSymbolicLink(root.resolve("include/outside.h"), Path.of("../../outside.h"));
        assertThatThrownBy(() -> Trees.tree(root))
                .isInstanceOf(BackendException.class)
                .hasMessage("The source in " + root + " cannot be read: the symbolic link include/outside.h points"
                        + " outside of it, to ../../outside.h. Replace it by what it points at.");
    }

    @Test
    void theSameSourceMakesTheSameArchive(@TempDir Path other) throws Exception {
        Trees.bitnet(root);
        Files.createSymbolicLink(root.resolve("include/link.h"), Path.of("ggml-bitnet.h"));
        Files.createDirectory(other.resolve("tree"));
        Trees.bitnet(other.resolve("tree"));
        Files.createSymbolicLink(other.resolve("tree/include/link.h"), Path.of("ggml-bitnet.h"));
        Files.setLastModifiedTime(root.resolve("CMakeLists.txt"), FileTime.fromMillis(5_000));

        SourceArchive.write(Trees.tree(root), other.resolve("1.tar.gz"));
        SourceArchive.write(Trees.tree(other.resolve("tree")), other.resolve("2.tar.gz"));

        assertThat(other.resolve("1.tar.gz")).hasSameBinaryContentAs(other.resolve("2.tar.gz"));
        assertThat(entries(other.resolve("1.tar.gz")))
                .containsExactly(
                        "3rdparty/llama.cpp/CMakeLists.txt 644 1000 project(llama.cpp)\n",
                        "3rdparty/llama.cpp/ggml/src/ggml.c 644 1000 int ggml;\n",
                        "CMakeLists.txt 644 1000 project(bitnet.cpp)\n",
                        "include/ggml-bitnet.h 644 1000 #pragma once\n",
                        "include/link.h 777 1000 -> ggml-bitnet.h",
                        "utils/codegen_tl1.py 644 1000 print('tl1')\n",
                        "utils/codegen_tl2.py 644 1000 print('tl2')\n");
    }

    @Test
    void anArchiveThatCannotBeWrittenLeavesNothing(@TempDir Path other) throws Exception {
        SourceTree tree = Trees.tree(Trees.bitnet(root));
        Files.delete(root.resolve("utils/codegen_tl2.py"));
        assertThatThrownBy(() -> SourceArchive.write(tree, other.resolve("backend.tar.gz")))
                .isInstanceOf(BackendException.class)
                .hasMessageStartingWith("The source archive " + other.resolve("backend.tar.gz") + " cannot be written: ");
        assertThat(other).isEmptyDirectory();
    }

    private static List<String> entries(Path archive) throws IOException {
        List<String> entries = new ArrayList<>();
        try (InputStream gzip = new GZIPInputStream(Files.newInputStream(archive));
                TarArchiveInputStream tar = new TarArchiveInputStream(gzip)) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                String content = entry.isSymbolicLink()
                        ? "-> " + entry.getLinkName()
                        : new String(tar.readAllBytes(), StandardCharsets.UTF_8);
                entries.add(entry.getName() + " " + Integer.toOctalString(entry.getMode() & 0777) + " "
                        + entry.getLastModifiedDate().getTime() + " " + content);
            }
        }
        return entries;
    }
}

package io.github.bitnetmaven.audit.finding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.bitnetmaven.audit.Audit;
import io.github.bitnetmaven.audit.Auditor;
import io.github.bitnetmaven.audit.budget.Budgets;
import io.github.bitnetmaven.audit.component.Component;
import io.github.bitnetmaven.audit.measurement.PathPatterns;
import io.github.bitnetmaven.elf.ElfBytes;
import io.github.bitnetmaven.image.ArchiveBuilder;
import io.github.bitnetmaven.image.ArchiveBuilder.Form;
import io.github.bitnetmaven.image.ArchiveBuilder.Packing;
import io.github.bitnetmaven.image.LayerBuilder;
import io.github.bitnetmaven.image.ReadOptions;
import io.github.bitnetmaven.image.source.ArchiveSources;
import io.github.bitnetmaven.progress.Progress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each image is read from a compressed archive, whose contents go by, and from one whose contents are skipped. */
class RulesTest {
    private static final int LARGE = 200_000;

    @TempDir
    private Path directory;

    private final List<LayerBuilder> layers = new ArrayList<>();

    private LayerBuilder layer(String createdBy) {
        LayerBuilder layer = new LayerBuilder(createdBy);
        layers.add(layer);
        return layer;
    }

    private Audit audit(Packing packing, int baseLayers) throws Exception {
        ArchiveBuilder image = new ArchiveBuilder().packed(packing);
        layers.forEach(image::layer);
        Path archive = image.write(Form.OCI_ARCHIVE, directory);
        ReadOptions options =
                new ReadOptions("linux/amd64", false, false, image.diffIds().subList(0, baseLayers), List.of());
        return new Auditor(Budgets.defaults(), PathPatterns.including(List.of("**/*.gguf"), "test"))
                .audit(ArchiveSources.open(archive), options, Progress.silent());
    }

    private List<Finding> findings(int baseLayers) throws Exception {
        Audit goingBy = audit(Packing.GZIP, baseLayers);
        Audit skipped = audit(Packing.NONE, baseLayers);
        assertThat(skipped.findings()).isEqualTo(goingBy.findings());
        return goingBy.findings();
    }

    private List<String> found() throws Exception {
        return findings(0).stream()
                .map(finding -> finding.rule() + " " + finding.layer() + " /" + finding.path() + " " + finding.bytes())
                .toList();
    }

    private static byte[] bytes(String seed) {
        byte[] bytes = new byte[LARGE];
        new Random(seed.hashCode()).nextBytes(bytes);
        return bytes;
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void versionControlIsOneFindingWhateverIsInIt() throws Exception {
        layer("COPY . /BitNet").file("BitNet/.git/HEAD", 10).file("BitNet/.git/objects/ab/cd", 500).file("BitNet/.gitignore", 5);

        assertThat(findings(0))
                .containsExactly(new Finding(
                        "BN001",
                        "version-control data",
                        "BitNet/.git",
                        0,
                        510,
                        "Add .git to .dockerignore, or remove it in the RUN that clones, and copy only what runs into the last"
                                + " stage."));
    }

    @Test
    void ofASourceTreeAllButProgramsAndModelsIsSource() throws Exception {
        layer("COPY . /BitNet")
                .file("BitNet/CMakeLists.txt", 100)
                .file("BitNet/src/main.cpp", 1_000)
                .file("BitNet/models/model.gguf", 70_000)
                .file("BitNet/3rdparty/llama.cpp/CMakeLists.txt", 10)
                .file("BitNet/3rdparty/llama.cpp/models/ggml-vocab-x.gguf", 200)
                .file("BitNet/bin/tool", ElfBytes.executable(62, "", List.of(), false), 0755)
                .file("app/main.cpp", 7);

        assertThat(found()).containsExactly("BN002 0 /BitNet 1310");
    }

    @Test
    void inABuildDirectoryOnlyWhatRunsIsNoIntermediate() throws Exception {
        byte[] program = ElfBytes.executable(62, "", List.of("libllama.so"), false);
        byte[] library = ElfBytes.executable(62, "", List.of(), false);
        layer("RUN cmake --build build")
                .file("src/CMakeLists.txt", 1)
                .file("src/build/CMakeCache.txt", 10)
                .file("src/build/a.o", 20)
                .file("src/build/bin/llama-server", program, 0755)
                .file("src/build/bin/test-backend", program, 0755)
                .file("usr/lib/libllama.so", library, 0644)
                .file("elsewhere/b.o", 5);

        assertThat(found())
                .containsExactly("BN003 0 /src/build " + (30 + program.length), "BN003 0 /elsewhere 5", "BN002 0 /src 1");
    }

    @Test
    void whatPackageManagersLeaveIsFoundByDirectory() throws Exception {
        layer("RUN apt-get install && pip install")
                .file("var/lib/apt/lists/a", 300)
                .file("var/lib/apt/lists/b", 30)
                .file("var/cache/apt/pkgcache.bin", 200)
                .file("home/me/.cache/pip/http/x", 100)
                .file("app/packages/a/__init__.py", 1)
                .file("app/packages/a/__pycache__/__init__.cpython-311.pyc", 50)
                .file("app/only/__pycache__/compiled.cpython-311.pyc", 40);

        assertThat(found())
                .containsExactly(
                        "BN005 0 /var/lib/apt/lists 330",
                        "BN005 0 /var/cache/apt 200",
                        "BN005 0 /home/me/.cache/pip 100",
                        "BN005 0 /app 50");
    }

    @Test
    void whatOnlyToolsNeedIsAToolAndWhatAProgramNeedsIsNone() throws Exception {
        byte[] library = ElfBytes.executable(62, "", List.of(), false);
        layer("RUN apt-get install cmake")
                .file("usr/bin/cmake", 1_000)
                .file("usr/lib/libarchive.so.13", library, 0644)
                .file("usr/lib/libgomp.so.1", library, 0644)
                .file("usr/include/stdio.h", 70)
                .file("usr/bin/curl", 60)
                .file("var/lib/dpkg/info/cmake.list", text("/.\n/usr/bin\n/usr/bin/cmake\n"), 0644)
                .file("var/lib/dpkg/info/libarchive13:amd64.list", text("/usr/lib/libarchive.so.13\n"), 0644)
                .file("var/lib/dpkg/info/libgomp1:amd64.list", text("/usr/lib/libgomp.so.1\n"), 0644)
                .file("var/lib/dpkg/info/libc6-dev.list", text("/usr/include/stdio.h\n"), 0644)
                .file("var/lib/dpkg/info/curl.list", text("/usr/bin/curl\n"), 0644)
                .file(
                        "var/lib/dpkg/status",
                        text("""
                                Package: cmake
                                Status: install ok installed
                                Section: devel
                                Depends: libarchive13 (>= 3.3.3), libgomp1

                                Package: libarchive13
                                Status: install ok installed
                                Section: libs

                                Package: libgomp1
                                Status: install ok installed
                                Section: libs

                                Package: libc6-dev
                                Status: install ok installed
                                Section: libdevel

                                Package: curl
                                Status: install ok installed
                                Section: web
                                """),
                        0644)
                .file(
                        "var/lib/apt/extended_states",
                        text("""
                                Package: libarchive13
                                Auto-Installed: 1

                                Package: libgomp1
                                Auto-Installed: 1
                                """),
                        0644);
        layer("COPY server /app/bin/server").file("app/bin/server", ElfBytes.executable(62, "", List.of("libgomp.so.1"), false), 0755);

        assertThat(findings(0)).extracting(Finding::rule, Finding::path, Finding::advice)
                .containsExactly(
                        tuple(
                                "BN004",
                                "usr/lib/libarchive.so.13",
                                "Install what needs the Debian package libarchive13 in the build stage only: the last stage"
                                        + " needs what was built, not what builds."),
                        tuple(
                                "BN004",
                                "usr/bin/cmake",
                                "Install the Debian package cmake in the build stage only: the last stage needs what was built,"
                                        + " not what builds."),
                        tuple(
                                "BN011",
                                "usr/include/stdio.h",
                                "Install the Debian package libc6-dev in the build stage only, or the package of the library"
                                        + " itself where a program needs it."));
    }

    @Test
    void documentationIsFoundAndLicencesAreNot() throws Exception {
        layer("RUN").file("usr/share/doc/a/README.gz", 90).file("usr/share/doc/a/copyright", 80).file("usr/share/man/man1/a.1", 70);

        assertThat(found()).containsExactly("BN006 0 /usr/share/doc 90", "BN006 0 /usr/share/man 70");
    }

    @Test
    void theModelAgainIsFoundUnderAnotherPathAndBelowALayerThatTouchesIt() throws Exception {
        byte[] near = bytes("weights");
        near[LARGE - 1] ^= 1;
        layer("COPY model.gguf /app/").file("app/model.gguf", bytes("weights"), 0644).file("app/near.gguf", near, 0644);
        layer("RUN chmod 600 /app/model.gguf").file("app/model.gguf", bytes("weights"), 0600);
        layer("RUN cp /app/model.gguf /srv/").file("srv/model.gguf", bytes("weights"), 0600);

        assertThat(found()).containsExactly("BN008 0 /app/model.gguf 200000", "BN008 2 /srv/model.gguf 200000");
    }

    @Test
    void hiddenBytesNameTheLayerThatHidesThem() throws Exception {
        layer("COPY big /opt/").file("opt/big", new byte[1_000_001], 0644).file("opt/lib/small", 10).file("etc/a", 20);
        layer("RUN chown 1 /opt/big").file("opt/big", new byte[1_000_001], 0600);
        layer("RUN rm -r /opt").whiteout("opt");

        assertThat(findings(0))
                .extracting(Finding::layer, Finding::path, Finding::bytes, Finding::advice)
                .containsExactly(
                        tuple(
                                0,
                                "opt/big",
                                1_000_001L,
                                "Remove it in the instruction that makes it: layer 1 (RUN chown 1 /opt/big) removes it too late,"
                                        + " since the layer below keeps it."),
                        tuple(
                                1,
                                "opt/big",
                                1_000_001L,
                                "Remove it in the instruction that makes it: layer 2 (RUN rm -r /opt) removes it too late, since"
                                        + " the layer below keeps it."),
                        tuple(
                                0,
                                "opt/lib",
                                10L,
                                "Make, change and remove these files in one RUN: what layer 2 (RUN rm -r /opt) replaces or"
                                        + " removes, the layer below keeps."));
    }

    @Test
    void copiesAreFoundAndNearCopiesAndHardLinksAreNot() throws Exception {
        byte[] near = bytes("x");
        near[0] ^= 1;
        layer("COPY")
                .file("a", bytes("x"), 0644)
                .file("b", bytes("x"), 0644)
                .hardLink("c", "a")
                .file("d", near, 0644)
                .file("small1", text("same"), 0644)
                .file("small2", text("same"), 0644);

        assertThat(findings(0))
                .containsExactly(new Finding(
                        "BN010",
                        "the same content under two paths",
                        "b",
                        0,
                        LARGE,
                        "Keep only /a, which holds the same 200 kB, and make this a link to it where the path is needed."));
    }

    @Test
    void aProgramWithoutItsLibrariesCannotStart() throws Exception {
        layer("COPY")
                .file("bin/whole", ElfBytes.executable(62, "/lib64/ld.so", List.of("libfound.so"), false), 0755)
                .file("bin/broken", ElfBytes.executable(62, "/lib64/ld.so", List.of("libfound.so", "libno.so"), false), 0755)
                .file("usr/lib64/ld.so", ElfBytes.executable(62, "", List.of(), false), 0755)
                .symbolicLink("lib64", "usr/lib64")
                .file("lib/libfound.so", ElfBytes.executable(62, "", List.of(), false), 0644)
                .file("bin/static", ElfBytes.executable(62, "", List.of(), false), 0755)
                .file("bin/script", text("#!/bin/sh\n" + "#".repeat(200)), 0755);

        assertThat(findings(0))
                .containsExactly(new Finding(
                        "BN012",
                        "an executable whose shared libraries are not in the image",
                        "bin/broken",
                        0,
                        0,
                        "Copy libno.so to where the loader looks (beside the program with RPATH $ORIGIN, or a directory that"
                                + " ldconfig has seen), or link statically: without, the program cannot start."));
    }

    @Test
    void whatTheBaseImageBringsIsNotFound() throws Exception {
        layer("ADD rootfs").file("usr/share/man/a", 10).file("etc/hosts", 5).file("base/copy", bytes("y"), 0644);
        layer("COPY").file("etc/hosts", 6).file("app/copy", bytes("y"), 0644);

        assertThat(findings(1)).extracting(Finding::rule, Finding::path)
                .containsExactly(tuple("BN010", "app/copy"));
    }

    @Test
    void ofManyPlacesTheLargestAreShownAndNoByteIsLost() throws Exception {
        LayerBuilder layer = layer("COPY");
        for (int i = 1; i <= 30; i++) {
            layer.file("d" + i + "/.git/x", i);
        }

        List<Finding> findings = findings(0);

        assertThat(findings).hasSize(Found.SHOWN + 1);
        assertThat(findings.stream().mapToLong(Finding::bytes).sum()).isEqualTo(30 * 31 / 2);
        assertThat(findings).contains(new Finding(
                "BN001",
                "version-control data",
                "",
                -1,
                210,
                "Do the same in 20 smaller places, which hold 210 B together."));
    }

    @Test
    void pythonDistributionsAreComponentsWhereverTheyAre() throws Exception {
        String recorded = "numpy/core/_multiarray.so,sha256=x,900\nnumpy/__init__.py,,\n../bin2/f2py,,\n"
                + "numpy-2.0.dist-info/RECORD,,\n";
        layer("RUN pip install")
                .file("app/packages/numpy/core/_multiarray.so", 900)
                .file("app/packages/numpy/core/__pycache__/a.pyc", 40)
                .file("app/packages/numpy/__init__.py", 60)
                .file("app/packages/six.py", 30)
                .file("app/bin2/f2py", 5)
                .file("app/packages/numpy-2.0.dist-info/RECORD", recorded)
                .file("app/packages/Six_X-1.dist-info/RECORD", text("six.py,,\nSix_X-1.dist-info/RECORD,,\n"), 0644);

        List<Component> components = audit(Packing.NONE, 0).components().all();

        assertThat(components).extracting(Component::name).containsExactly("python/numpy", "python/six-x");
        assertThat(components.get(0).bytes()).isEqualTo(900 + 40 + 60 + 5 + recorded.length());
    }

    @Test
    void hiddenBytesAreWhatIsWasted() throws Exception {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        String[] paths = {"a/x", "a/y", "b/x", "b/c/x", "b/c/y", "z"};
        for (int round = 0; round < 60; round++) {
            layers.clear();
            for (int i = 0; i < 4; i++) {
                LayerBuilder layer = layer("RUN " + i);
                for (String path : paths) {
                    switch (random.nextInt(6)) {
                        case 0 -> layer.whiteout(path);
                        case 1 -> layer.opaque("b/c");
                        case 2, 3 -> layer.file(path, 1 + random.nextInt(500));
                        case 4 -> layer.file(path, 50).hardLink("links/" + i + path, path);
                        default -> layer.directory("a");
                    }
                }
            }
            Audit audit = audit(Packing.GZIP, 0);
            assertThat(audit.findings().stream().mapToLong(Finding::bytes).sum())
                    .as("seed %d, round %d", seed, round)
                    .isEqualTo(audit.sizes().wastedBytes());
        }
    }
}

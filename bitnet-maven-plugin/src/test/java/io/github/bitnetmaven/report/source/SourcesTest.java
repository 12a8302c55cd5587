package io.github.bitnetmaven.report.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bitnetmaven.BitnetException;
import io.github.bitnetmaven.audit.TestImage;
import io.github.bitnetmaven.audit.file.RecordedAudit;
import io.github.bitnetmaven.report.SampleAudit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourcesTest {
    private static final String BUDGETS = "<image><maximum>1B</maximum></image><layer><maximum>1B</maximum></layer>"
            + "<layerCount><maximum>9</maximum></layerCount>"
            + "<paths><path><includes><include>/a</include></includes><maximum>1B</maximum></path>"
            + "<path><includes><include>/b</include></includes><maximum>1B</maximum></path></paths>";

    @TempDir
    Path repository;

    private Path module;

    @BeforeEach
    void repository() throws IOException {
        Files.createDirectory(repository.resolve(".git"));
        module = Files.createDirectories(repository.resolve("sub/module"));
    }

    private static RecordedAudit audit() throws BitnetException {
        TestImage image = new TestImage();
        image.layer("COPY --chown=1 a b /app/ # buildkit").file("a", 1).file("b", 1);
        image.layer("/bin/sh -c #(nop) COPY dir:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef in / ")
                .file("c", 1);
        image.layer("RUN /bin/sh -c make     && make install # buildkit").file("d", 1);
        return SampleAudit.audit(image, BUDGETS, List.of()).recorded();
    }

    private Path pom(Path directory, String text) throws IOException {
        return Files.writeString(directory.resolve("pom.xml"), text);
    }

    private static List<String> places(Sources sources) throws BitnetException {
        RecordedAudit audit = audit();
        return audit.verdicts().stream()
                .map(verdict -> verdict.label() + " " + shown(sources.budget(audit, verdict)))
                .toList();
    }

    private static String shown(@Nullable SourceLocation place) {
        return place == null ? "nowhere" : place.path() + ":" + place.line() + ":" + place.column();
    }

    @Test
    void aBudgetIsFoundWhereItStands() throws BitnetException, IOException {
        Path pom = pom(
                module,
                """
                <project>
                  <build><plugins>
                    <plugin>
                      <artifactId>other-maven-plugin</artifactId>
                      <configuration><budgets><image/></budgets></configuration>
                    </plugin>
                    <plugin>
                      <artifactId>bitnet-maven-plugin</artifactId>
                      <dependencies><dependency><artifactId>x</artifactId></dependency></dependencies>
                      <configuration>
                        <image><name>a</name></image>
                        <budgets>
                          <image><maximum>1B</maximum></image>
                          <layerCount><maximum>9</maximum></layerCount>   <layer
                              combine.self="override"><maximum>1B</maximum></layer>
                          <paths>
                            <path><includes><include>/a</include></includes><maximum>1B</maximum></path>
                            <path><includes><include>/b</include></includes><maximum>1B</maximum></path>
                          </paths>
                        </budgets>
                      </configuration>
                    </plugin>
                  </plugins></build>
                </project>
                """);

        assertThat(places(Sources.read(module, List.of(pom), module.resolve("Dockerfile"))))
                .containsExactly(
                        "image sub/module/pom.xml:13:11",
                        "layerCount sub/module/pom.xml:14:11",
                        "layer sub/module/pom.xml:14:59",
                        "paths /a sub/module/pom.xml:17:13",
                        "paths /b sub/module/pom.xml:18:13");
    }

    @Test
    void aBudgetOfTheParentIsFoundThere() throws BitnetException, IOException {
        String start = "<project><build><plugins>\n<plugin><artifactId>bitnet-maven-plugin</artifactId>\n";
        Path child = pom(module, start + "</plugin></plugins></build></project>");
        Path parent = pom(
                repository,
                start + "<executions><execution><configuration>\n <budgets>\n  <image/></budgets></configuration>"
                        + "</execution></executions></plugin></plugins></build></project>");

        assertThat(places(Sources.read(module, List.of(child, parent), module.resolve("Dockerfile"))))
                .containsExactly(
                        "image pom.xml:5:3",
                        "layerCount pom.xml:4:2",
                        "layer pom.xml:4:2",
                        "paths /a pom.xml:4:2",
                        "paths /b pom.xml:4:2");
    }

    @Test
    void aBudgetOfTheCommandLineIsAtThePlugin() throws BitnetException, IOException {
        Path pom = pom(
                module,
                "<project><build><plugins>\n <plugin><artifactId>bitnet-maven-plugin</artifactId></plugin></plugins>"
                        + "</build></project>");

        assertThat(places(Sources.read(module, List.of(pom), module.resolve("Dockerfile"))))
                .first()
                .isEqualTo("image sub/module/pom.xml:2:2");
    }

    @Test
    void aPomThatCannotBeReadIsLeftOut() throws BitnetException, IOException {
        Path pom = pom(module, "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><project>&e;");

        assertThat(places(Sources.read(module, List.of(pom), module.resolve("Dockerfile"))))
                .first()
                .isEqualTo("image nowhere");
        assertThat(places(Sources.none())).first().isEqualTo("image nowhere");
    }

    @Test
    void anInstructionIsFoundInTheDockerfileWhoeverBuiltIt() throws BitnetException, IOException {
        Path dockerfile = Files.writeString(
                module.resolve("Dockerfile"),
                """
                # A comment
                FROM scratch AS backend

                COPY --chown=1 a b /app/
                COPY --from=backend /runtime/ /
                RUN make \\
                    # on two lines
                    && make install
                """);

        Sources sources = Sources.read(module, List.of(), dockerfile);

        Stream<String> places =
                audit().layers().stream().map(layer -> shown(sources.instruction(layer)));
        assertThat(places)
                .containsExactly("sub/module/Dockerfile:4:1", "sub/module/Dockerfile:5:1", "sub/module/Dockerfile:6:1");
    }

    @Test
    void anInstructionThatStandsThereTwiceIsNotGuessed() throws BitnetException, IOException {
        Path dockerfile =
                Files.writeString(module.resolve("Dockerfile"), "COPY a b /app/\nRUN x\nCOPY a b /app/\n");

        Sources sources = Sources.read(module, List.of(), dockerfile);

        assertThat(sources.instruction(audit().layers().get(0))).isNull();
    }
}

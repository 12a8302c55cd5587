package io.github.bitnetmaven.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the documentation shows is what the projects below src/it run: every piece of XML, and every Maven command. */
class DocumentationTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Path PROJECTS = Path.of("src/it");
    private static final Pattern BLOCK = Pattern.compile("(?ms)^ *```(\\w+)\\n(.*?)^ *```$");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#\\s:]+)(?:#[^)\\s]*)?\\)");
    private static final Pattern GOALS = Pattern.compile("(?m)^invoker\\.goals(?:\\.\\d+)? *= *(.*)$");
    private static final String VERSION = version();

    @Test
    void everyPieceOfXmlIsPartOfAProjectThatRuns() throws IOException {
        List<String> poms = contents(PROJECTS, ".xml").map(DocumentationTest::withoutLayout).toList();

        for (Path page : pages()) {
            for (String xml : blocks(page, "xml")) {
                assertThat(poms)
                        .as("%s shows XML that is in no file below it/src/it:%n%s", ROOT.relativize(page), xml)
                        .anyMatch(pom -> pom.contains(withoutLayout(xml)));
            }
        }
    }

    @Test
    void everyMavenCommandIsRun() throws IOException {
        List<Set<String>> run = new ArrayList<>();
        contents(PROJECTS, "invoker.properties").forEach(properties -> {
            Matcher goals = GOALS.matcher(properties);
            while (goals.find()) {
                run.add(words(goals.group(1)));
            }
        });
        run.add(words("verify")); // what invoker runs where nothing else is said
        String ci = Files.readString(ROOT.resolve(".ci/run"));

        for (Path page : pages()) {
            for (String command : commands(page)) {
                assertThat(run.stream().anyMatch(words -> words.containsAll(words(command)))
                                || ci.contains("./mvnw -B -ntp " + command))
                        .as("%s shows a command that nothing runs: mvn %s", ROOT.relativize(page), command)
                        .isTrue();
            }
        }
    }

    @Test
    void everyLinkLeadsToAFile() throws IOException {
        for (Path page : pages()) {
            Matcher link = LINK.matcher(Files.readString(page));
            while (link.find()) {
                assertThat(page.resolveSibling(link.group(1)))
                        .as("%s links to %s", ROOT.relativize(page), link.group(1))
                        .exists();
            }
        }
    }

    private static List<Path> pages() throws IOException {
        try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
            return Stream.concat(
                            Stream.of(ROOT.resolve("README.md"), ROOT.resolve("CONTRIBUTING.md")),
                            docs.filter(file -> file.toString().endsWith(".md")).sorted())
                    .toList();
        }
    }

    private static List<String> blocks(Path page, String language) throws IOException {
        List<String> blocks = new ArrayList<>();
        Matcher block = BLOCK.matcher(Files.readString(page));
        while (block.find()) {
            if (block.group(1).equals(language)) {
                blocks.add(block.group(2));
            }
        }
        return blocks;
    }

    /** The arguments of each call of Maven in the page's shell blocks. */
    private static List<String> commands(Path page) throws IOException {
        List<String> commands = new ArrayList<>();
        for (String shell : blocks(page, "sh")) {
            for (String line : shell.replace("\\\n", " ").lines().map(String::strip).toList()) {
                if (line.startsWith("mvn ") || line.startsWith("./mvnw ")) {
                    commands.add(line.substring(line.indexOf(' ')).replaceFirst("\\s+#.*", "").strip());
                }
            }
        }
        return commands;
    }

    private static Set<String> words(String arguments) {
        return Set.copyOf(Arrays.asList(
                arguments.replace("${project.version}", VERSION).replace("@project.version@", VERSION).strip().split("\\s+")));
    }

    private static String withoutLayout(String xml) {
        return xml.replace("@project.version@", VERSION)
                .replaceAll("(?s)<!--.*?-->", "")
                .replaceAll("\\s+", " ")
                .replaceAll(" ?(<|>) ?", "$1")
                .strip();
    }

    private static Stream<String> contents(Path directory, String suffix) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.toString().endsWith(suffix)).sorted().toList().stream()
                    .map(DocumentationTest::text);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String version() {
        Matcher version = Pattern.compile("<artifactId>bitnet-parent</artifactId>\\s*<version>([^<]+)</version>")
                .matcher(text(ROOT.resolve("pom.xml")));
        assertThat(version.find()).isTrue();
        return version.group(1);
    }
}

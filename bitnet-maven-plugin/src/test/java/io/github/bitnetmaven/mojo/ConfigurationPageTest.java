package io.github.bitnetmaven.mojo;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** docs/configuration.md names everything that can be set. */
class ConfigurationPageTest {
    private static final Path DOCS = Path.of("../docs");
    private static final Path DESCRIPTOR = Path.of("target/classes/META-INF/maven/plugin.xml");

    private final String page = Files.readString(DOCS.resolve("configuration.md"));

    ConfigurationPageTest() throws IOException {}

    @Test
    void everyParameterOfEveryGoalIsOnThePage() throws Exception {
        List<String> missing = new ArrayList<>();
        Element descriptor = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(DESCRIPTOR.toFile())
                .getDocumentElement();
        for (Element goal : elements(descriptor, "mojo")) {
            String name = text(goal, "goal");
            if (name.equals("help")) {
                continue;
            }
            for (Element parameter : elements(goal, "parameter")) {
                if (text(parameter, "editable").equals("true") && !page.contains("`<" + text(parameter, "name") + ">`")) {
                    missing.add(name + ": <" + text(parameter, "name") + ">");
                }
            }
            Matcher property = Pattern.compile("\\$\\{(bitnet\\.[\\w.]+)}").matcher(goal.getTextContent());
            while (property.find()) {
                if (!page.contains("`" + property.group(1) + "`")) {
                    missing.add(name + ": " + property.group(1));
                }
            }
        }
        assertThat(missing).as("not in docs/configuration.md").isEmpty();
    }

    @Test
    void everyElementBelowThemIsOnThePage() {
        Set<String> missing = new TreeSet<>();
        new ClassFileImporter()
                .importPackages("io.github.bitnetmaven.configuration").stream()
                        .filter(type -> type.getSimpleName().endsWith("Parameters"))
                        .forEach(type -> {
                            for (JavaField field : type.getFields()) {
                                if (!field.getModifiers().contains(JavaModifier.PRIVATE)
                                        && !page.contains("`<" + field.getName() + ">`")) {
                                    missing.add(type.getSimpleName() + ": <" + field.getName() + ">");
                                }
                            }
                        });
        assertThat(missing).as("not in docs/configuration.md").isEmpty();
    }

    private static List<Element> elements(Element parent, String name) {
        NodeList nodes = parent.getElementsByTagName(name);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            elements.add((Element) nodes.item(i));
        }
        return elements;
    }

    private static String text(Element parent, String name) {
        return elements(parent, name).get(0).getTextContent().strip();
    }
}

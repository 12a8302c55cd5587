package io.github.bitnetmaven.report.source;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * Where in a pom the budgets are. Maven's own locations are not used: they do not reach into a plugin's configuration in
 * every version.
 *
 * @param path relative to the root of the repository
 * @param elements path of an element below the plugin → its place
 */
record PomFile(String path, Map<String, SourceLocation> elements) {
    static final String PLUGIN = "";
    static final String BUDGETS = "/budgets";

    private static final String ARTIFACT = "bitnet-maven-plugin";
    private static final long MAXIMUM_BYTES = 8 << 20;

    /** The element of a budget; of those that stand in a list the one of that number. */
    static String budget(String name, int number) {
        return switch (name) {
            case "layers" -> BUDGETS + "/layers/layer#" + number;
            case "paths" -> BUDGETS + "/paths/path#" + number;
            case "forbidden" -> BUDGETS + "/forbidden/path#" + number;
            default -> BUDGETS + "/" + name + "#0";
        };
    }

    /** Reads a pom; null when it is not in the repository or cannot be read. */
    static @Nullable PomFile read(Path root, Path pom) {
        String path = Sources.relative(root, pom);
        try {
            if (path == null || Files.size(pom) > MAXIMUM_BYTES) {
                return null;
            }
            String text = new String(Files.readAllBytes(pom), StandardCharsets.UTF_8);
            return new PomFile(path, new Scan(path, text).elements());
        } catch (IOException | XMLStreamException e) {
            return null;
        }
    }

    @Nullable SourceLocation element(String name) {
        return elements.get(name);
    }

    /** One pass over the text. */
    private static final class Scan {
        private final String path;
        private final String text;
        private final List<String> lines;
        private final Map<String, SourceLocation> found = new HashMap<>();
        private Map<String, SourceLocation> plugin = new HashMap<>();
        private Map<String, Integer> counts = new HashMap<>();

        Scan(String path, String text) {
            this.path = path;
            this.text = text;
            this.lines = text.lines().toList();
        }

        Map<String, SourceLocation> elements() throws XMLStreamException {
            XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
            factory.setProperty(XMLInputFactory.IS_COALESCING, true);
            factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
            factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
            XMLStreamReader xml = factory.createXMLStreamReader(new StringReader(text));
            Deque<String> open = new ArrayDeque<>();
            boolean ours = false;
            int depth = -1;
            while (xml.hasNext()) {
                int event = xml.next();
                if (event == XMLStreamConstants.START_ELEMENT) {
                    open.addLast(xml.getLocalName());
                    if (depth < 0 && xml.getLocalName().equals("plugin")) {
                        depth = open.size();
                        plugin = new HashMap<>();
                        counts = new HashMap<>();
                        ours = false;
                        plugin.put(PLUGIN, place(xml));
                    } else if (depth > 0) {
                        remember(List.copyOf(open).subList(depth, open.size()), xml);
                    }
                } else if (event == XMLStreamConstants.CHARACTERS && open.size() == depth + 1) {
                    ours |= "artifactId".equals(open.peekLast()) && xml.getText().strip().equals(ARTIFACT);
                } else if (event == XMLStreamConstants.END_ELEMENT) {
                    if (open.size() == depth) {
                        depth = -1;
                        if (ours) {
                            plugin.forEach(found::putIfAbsent);
                        }
                    }
                    open.removeLast();
                }
            }
            return found;
        }

        /** Only what is in a configuration, be it the plugin's or that of an execution. */
        private void remember(List<String> names, XMLStreamReader xml) {
            int configuration = names.indexOf("configuration");
            if (configuration < 0 || configuration == names.size() - 1) {
                return;
            }
            String element = "/" + String.join("/", names.subList(configuration + 1, names.size()));
            if (element.equals(BUDGETS)) {
                plugin.putIfAbsent(BUDGETS, place(xml));
            } else if (element.startsWith(BUDGETS)) {
                int number = counts.merge(element, 1, Integer::sum) - 1;
                plugin.putIfAbsent(element + "#" + number, place(xml));
            }
        }

        /** The parser tells where a start tag ends; what is wanted is where it starts. */
        private SourceLocation place(XMLStreamReader xml) {
            String tag = "<" + xml.getLocalName();
            int line = Math.max(1, Math.min(xml.getLocation().getLineNumber(), lines.size()));
            int end = Math.max(0, xml.getLocation().getColumnNumber() - 1);
            for (int i = line; i >= 1; i--) {
                int start = i == line ? lines.get(i - 1).lastIndexOf(tag, end) : lines.get(i - 1).lastIndexOf(tag);
                if (start >= 0) {
                    return new SourceLocation(path, i, start + 1);
                }
            }
            return new SourceLocation(path, line, 1);
        }
    }
}

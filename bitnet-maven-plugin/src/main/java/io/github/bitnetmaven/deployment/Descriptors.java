package io.github.bitnetmaven.deployment;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import io.github.bitnetmaven.configuration.ConfigurationException;
import io.github.bitnetmaven.configuration.Problems;
import io.github.bitnetmaven.configuration.Spelling;
import io.github.bitnetmaven.file.AtomicFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The descriptors that are asked for. */
public record Descriptors(List<String> ids) {
    /** A new descriptor is one line here. */
    private static final List<Descriptor> ALL = List.of(new ComposeFile(), new KubernetesManifest());

    private static final ObjectMapper YAML = new ObjectMapper(YAMLFactory.builder()
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
            .enable(YAMLGenerator.Feature.INDENT_ARRAYS_WITH_INDICATOR)
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .disable(YAMLGenerator.Feature.SPLIT_LINES)
            .build());

    public Descriptors {
        ids = List.copyOf(ids);
    }

    /**
     * The descriptors of these names.
     *
     * @throws ConfigurationException that names those which are not known
     */
    public static Descriptors of(List<String> names) throws ConfigurationException {
        List<String> known = ALL.stream().map(Descriptor::id).toList();
        Problems problems = new Problems();
        for (String name : names) {
            if (!known.contains(name)) {
                String hint = Spelling.nearest(name, known)
                        .map(nearest -> ". Did you mean " + nearest + "?")
                        .orElse(".");
                problems.add("<deployments> (-Dbitnet.deployments) names '" + Problems.printable(name)
                        + "', but the descriptors are " + String.join(" and ", known) + hint);
            }
        }
        problems.throwIfAny();
        return new Descriptors(names);
    }

    /**
     * Writes the descriptors; those that are not asked for any more are removed.
     *
     * @return the files
     */
    public List<Path> write(Deployment deployment, Path directory) throws DescriptorException {
        List<Path> written = new ArrayList<>();
        for (Descriptor descriptor : ALL) {
            Path file = directory.resolve(descriptor.fileName());
            try {
                if (ids.contains(descriptor.id())) {
                    byte[] text = text(descriptor, deployment).getBytes(StandardCharsets.UTF_8);
                    AtomicFile.write(file, out -> out.write(text));
                    written.add(file);
                } else {
                    Files.deleteIfExists(file);
                }
            } catch (IOException e) {
                throw new DescriptorException("The file " + file + " cannot be written: " + e.getMessage() + ".", e);
            }
        }
        return written;
    }

    static String text(Descriptor descriptor, Deployment deployment) throws IOException {
        StringBuilder text = new StringBuilder("# Written by bitnet-maven-plugin: copy it where it may stay.\n");
        descriptor.comment(deployment).forEach(line -> text.append("# ").append(line).append('\n'));
        List<ObjectNode> documents = descriptor.documents(deployment);
        for (int i = 0; i < documents.size(); i++) {
            text.append(i == 0 ? "" : "---\n").append(YAML.writeValueAsString(documents.get(i)));
        }
        return text.toString();
    }
}

package io.github.bitnetmaven.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.bitnetmaven.configuration.Spelling;
import io.github.bitnetmaven.model.CatalogueEntry.PublishedFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The models of {@code catalogue.json}, in its order: the default one first. */
public final class ModelCatalogue {
    private final Map<String, CatalogueEntry> entries = new LinkedHashMap<>();

    private ModelCatalogue(JsonNode models) {
        for (JsonNode model : models) {
            CatalogueEntry entry = entry(model);
            entries.put(entry.name(), entry);
        }
    }

    /** Reads the catalogue that is part of this plugin. */
    public static ModelCatalogue load() {
        try (InputStream in = ModelCatalogue.class.getResourceAsStream("catalogue.json")) {
            if (in == null) {
                throw new IOException("catalogue.json is missing");
            }
            return new ModelCatalogue(new ObjectMapper().readTree(in).path("models"));
        } catch (IOException e) {
            throw new UncheckedIOException("The plugin's jar is damaged.", e);
        }
    }

    public List<CatalogueEntry> entries() {
        return List.copyOf(entries.values());
    }

    /** @throws ModelException for an unknown name, with the one that was perhaps meant and all there are */
    public CatalogueEntry byName(String name) throws ModelException {
        CatalogueEntry entry = entries.get(name);
        if (entry != null) {
            return entry;
        }
        String meant = entries.keySet().stream()
                .filter(known -> known.equalsIgnoreCase(name))
                .findFirst()
                .or(() -> Spelling.nearest(name, entries.keySet()))
                .map(known -> " Did you mean " + known + "?")
                .orElse("");
        throw new ModelException("<model><name> (-Dbitnet.model) is " + name + ", which is not in the catalogue." + meant
                + " There are: " + String.join(", ", entries.keySet())
                + ". Any other model is given by <model><file> or by <model><url> with <sha256>.");
    }

    /** @throws ModelException for a model of which no file is published, or none whose digest is known */
    public PublishedFile publishedFile(CatalogueEntry entry) throws ModelException {
        if (entry.files().isEmpty()) {
            throw new ModelException("Of the model " + entry.name() + " no GGUF file with a known digest is published."
                    + " Convert it with BitNet's setup_env.py and give the result as <model><file>"
                    + " (-Dbitnet.model.file), or give <model><url> and <sha256> of a file that you trust. These models"
                    + " can be downloaded by name: "
                    + entries.values().stream()
                            .filter(e -> !e.files().isEmpty())
                            .map(CatalogueEntry::name)
                            .collect(Collectors.joining(", "))
                    + ".");
        }
        return entry.files().get(0);
    }

    private static CatalogueEntry entry(JsonNode model) {
        Map<String, List<String>> kernels = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> architecture : model.path("kernels").properties()) {
            List<String> names = new ArrayList<>();
            architecture.getValue().forEach(name -> names.add(name.asText()));
            kernels.put(architecture.getKey(), List.copyOf(names));
        }
        List<PublishedFile> files = new ArrayList<>();
        for (JsonNode file : model.path("files")) {
            files.add(new PublishedFile(
                    file.path("quantization").asText(),
                    file.path("repository").asText(),
                    file.path("revision").asText(),
                    file.path("file").asText(),
                    file.path("bytes").asLong(),
                    file.path("sha256").asText()));
        }
        return new CatalogueEntry(
                model.path("name").asText(),
                model.path("repository").asText(),
                model.path("licence").asText(""),
                kernels,
                files);
    }
}

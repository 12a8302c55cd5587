package io.github.bitnetmaven.model;

import io.github.bitnetmaven.configuration.ModelSettings.CatalogueOrigin;
import io.github.bitnetmaven.configuration.ModelSettings.FileOrigin;
import io.github.bitnetmaven.configuration.ModelSettings.Origin;
import io.github.bitnetmaven.configuration.ModelSettings.UrlOrigin;
import io.github.bitnetmaven.model.CatalogueEntry.PublishedFile;
import io.github.bitnetmaven.progress.Progress;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Brings a model to this machine, if it is not there, and reads it far enough to be sure of it. */
public final class ModelResolver {
    /** What needs no quoting in a Dockerfile, a shell or a tar header. */
    private static final Pattern SAFE_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,73}\\.gguf");

    private final Supplier<ModelCatalogue> catalogue;
    private final ModelStore store;

    /** @param catalogue asked only when a model is given by its name */
    public ModelResolver(Supplier<ModelCatalogue> catalogue, ModelStore store) {
        this.catalogue = catalogue;
        this.store = store;
    }

    /** @throws ModelException when the model cannot be had, is not a whole GGUF file, or is not the expected one */
    public ModelFile resolve(Origin origin, Progress progress) throws ModelException {
        if (origin instanceof FileOrigin local) {
            return modelFile(local.file(), progress);
        }
        if (origin instanceof UrlOrigin url) {
            return fetched(new Download(url.url(), url.sha256(), -1, fileName(url.url())), progress);
        }
        CatalogueOrigin named = (CatalogueOrigin) origin;
        PublishedFile file = published(named);
        URI url = URI.create(file.url(store.hub().address()));
        return fetched(new Download(url, file.sha256(), file.bytes(), file.file()), progress);
    }

    private ModelFile fetched(Download download, Progress progress) throws ModelException {
        return modelFile(store.fetch(download, progress), progress);
    }

    private ModelFile modelFile(Path file, Progress progress) throws ModelException {
        String name = String.valueOf(file.getFileName());
        if (!SAFE_NAME.matcher(name).matches()) {
            throw new ModelException("The model " + file + " cannot be used under that name. A model's file name ends"
                    + " with .gguf, begins with a letter or digit, holds only letters, digits, dots, dashes and"
                    + " underscores, and is at most 79 characters long. Rename it, or link to it by such a name.");
        }
        GgufHeader header = GgufReader.read(file);
        try {
            return new ModelFile(
                    file, name, Files.size(file), store.digests().sha256(file, progress), header);
        } catch (IOException e) {
            throw new ModelException("The model " + file + " cannot be read: " + e + ".", e);
        }
    }

    /** The name that a model has in an image which does not hold it. */
    public String fileName(Origin origin) throws ModelException {
        if (origin instanceof FileOrigin local) {
            return String.valueOf(local.file().getFileName());
        }
        if (origin instanceof UrlOrigin url) {
            return fileName(url.url());
        }
        return published((CatalogueOrigin) origin).file();
    }

    /** Bytes of the model's file; 0 where only its URL is known. */
    public long bytes(Origin origin) throws ModelException {
        if (origin instanceof FileOrigin local) {
            return local.file().toFile().length();
        }
        return origin instanceof CatalogueOrigin named ? published(named).bytes() : 0;
    }

    /** The file of the catalogue that is meant. */
    public PublishedFile published(CatalogueOrigin named) throws ModelException {
        ModelCatalogue models = catalogue.get();
        return models.publishedFile(models.byName(named.name()));
    }

    /** The last part of the path where it is fit for a name. */
    private static String fileName(URI url) {
        String path = String.valueOf(url.getPath());
        String name = path.substring(path.lastIndexOf('/') + 1);
        return SAFE_NAME.matcher(name).matches() ? name : "model.gguf";
    }
}

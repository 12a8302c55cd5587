package io.github.bitnetmaven.model;

import java.util.List;
import java.util.Map;

/**
 * A model that BitNet.cpp knows.
 *
 * @param name as in {@code <model><name>}: the last part of the repository
 * @param repository of its weights on the Hugging Face hub
 * @param licence as the hub names it; empty when its page has to be read
 * @param kernels quantizations that run, by architecture ({@code x86_64}, {@code arm64})
 * @param files published GGUF files whose digest is known; may be empty
 */
public record CatalogueEntry(
        String name,
        String repository,
        String licence,
        Map<String, List<String>> kernels,
        List<PublishedFile> files) {

    public CatalogueEntry {
        kernels = Map.copyOf(kernels);
        files = List.copyOf(files);
    }

    /**
     * @param repository on the Hugging Face hub, which may be another than that of the weights
     * @param revision a commit, or a branch where no commit is known: the digest pins the content all the same
     * @param sha256 64 lower-case hexadecimal digits
     */
    public record PublishedFile(
            String quantization, String repository, String revision, String file, long bytes, String sha256) {

        /** The file's address on the hub itself. */
        public String url() {
            return url(HubAccess.HUB);
        }

        /** The file's address below the hub's, as in {@code https://huggingface.co}. */
        public String url(String hub) {
            return hub + "/" + repository + "/resolve/" + revision + "/" + file;
        }
    }
}

package io.github.bitnetmaven.audit.component;

import org.jspecify.annotations.Nullable;

/** The models, each content once: as many bytes as the model bytes of the image. */
final class ModelClassifier implements Classifier {
    @Override
    public @Nullable String classify(VisibleFile file) {
        return file.model() ? "model" : null;
    }
}

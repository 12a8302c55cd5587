package io.github.bitnetmaven.audit.component;

import org.jspecify.annotations.Nullable;

/** Further copies of a model. */
final class DuplicateModelClassifier implements Classifier {
    @Override
    public @Nullable String classify(VisibleFile file) {
        return file.duplicateModel() ? "duplicate model" : null;
    }
}

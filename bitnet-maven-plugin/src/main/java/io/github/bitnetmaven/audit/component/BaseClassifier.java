package io.github.bitnetmaven.audit.component;

import org.jspecify.annotations.Nullable;

/** What the base image brings. */
final class BaseClassifier implements Classifier {
    @Override
    public @Nullable String classify(VisibleFile file) {
        return file.base() ? "base" : null;
    }
}

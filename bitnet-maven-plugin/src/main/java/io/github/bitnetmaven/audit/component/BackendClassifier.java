package io.github.bitnetmaven.audit.component;

import org.jspecify.annotations.Nullable;

/** The compiled backend, where this plugin puts it. */
final class BackendClassifier implements Classifier {
    @Override
    public @Nullable String classify(VisibleFile file) {
        boolean ours = file.path().startsWith("app/bin/") || file.path().startsWith("app/lib/");
        return ours ? "backend" : null;
    }
}

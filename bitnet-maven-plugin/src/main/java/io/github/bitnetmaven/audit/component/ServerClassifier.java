package io.github.bitnetmaven.audit.component;

import org.jspecify.annotations.Nullable;

/** The server in front of the backend, where this plugin puts it. */
final class ServerClassifier implements Classifier {
    @Override
    public @Nullable String classify(VisibleFile file) {
        return file.path().startsWith("app/server/") ? "server" : null;
    }
}

package io.github.bitnetmaven.audit.component;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The compiled backend: where this plugin puts it, and by the names of llama.cpp's programs and libraries. */
final class BackendClassifier implements Classifier {
    private static final Pattern NAMES =
            Pattern.compile("llama-[a-z0-9-]+|lib(llama|ggml|mtmd)(-[a-z0-9_-]+)?\\.so(\\.[0-9.]+)?");

    @Override
    public @Nullable String classify(VisibleFile file) {
        boolean ours = file.path().startsWith("app/bin/") || file.path().startsWith("app/lib/");
        boolean named = file.program()
                && file.pythonDistribution() == null
                && file.debianPackage() == null
                && NAMES.matcher(file.name()).matches();
        return ours || named ? "backend" : null;
    }
}

package io.github.bitnetmaven.audit.component;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Python distributions by what they recorded, such as {@code python/numpy}, and the interpreter with its library. */
final class PythonClassifier implements Classifier {
    private static final String RUNTIME = "python-runtime";
    private static final Pattern LIBRARY = Pattern.compile("usr/(local/)?lib/(python3(\\.[0-9]+)?/.*|libpython3[^/]*)");
    private static final Pattern PROGRAM = Pattern.compile("usr/(local/)?bin/python3?(\\.[0-9]+)?");
    private static final Pattern PACKAGES = Pattern.compile(".*/(site|dist)-packages/.*");

    @Override
    public @Nullable String classify(VisibleFile file) {
        if (file.pythonDistribution() != null) {
            return ComponentGroup.PYTHON.prefix() + file.pythonDistribution();
        }
        String path = file.path();
        if (!path.startsWith("usr/") || !path.contains("python")) {
            // Quick, for this is asked of every file.
            return null;
        }
        boolean runtime = LIBRARY.matcher(path).matches() && !PACKAGES.matcher(path).matches()
                || PROGRAM.matcher(path).matches();
        return runtime ? RUNTIME : null;
    }
}

package io.github.bitnetmaven.configuration;

import java.util.ArrayList;
import java.util.List;

/** {@code <budgets><forbidden>}: paths that must not be in any layer. */
public class ForbiddenParameters extends BudgetParameters {
    private final List<String> paths = new ArrayList<>();

    /** Called by Maven for each {@code <path>}. */
    public void setPath(String path) {
        paths.add(path);
    }

    public List<String> paths() {
        return List.copyOf(paths);
    }
}

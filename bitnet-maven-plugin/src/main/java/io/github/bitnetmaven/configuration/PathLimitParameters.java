package io.github.bitnetmaven.configuration;

import java.util.ArrayList;
import java.util.List;

/** {@code <budgets><paths><path>}: a maximum for the files that patterns choose. */
public class PathLimitParameters extends LimitParameters {
    List<String> includes = new ArrayList<>();

    List<String> excludes = new ArrayList<>();

    public List<String> includes() {
        return List.copyOf(includes);
    }

    public List<String> excludes() {
        return List.copyOf(excludes);
    }
}

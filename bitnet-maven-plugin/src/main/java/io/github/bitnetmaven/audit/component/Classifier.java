package io.github.bitnetmaven.audit.component;

import org.jspecify.annotations.Nullable;

/** Knows the files of one kind of component. Listed in {@link Components}. */
interface Classifier {
    /** The component's name, or null when the file is none of this kind. */
    @Nullable String classify(VisibleFile file);
}

package io.github.bitnetmaven.audit.component;

import org.jspecify.annotations.Nullable;

/** Debian packages by dpkg's database, such as {@code debian/libc6}. */
final class DebianClassifier implements Classifier {
    @Override
    public @Nullable String classify(VisibleFile file) {
        return file.debianPackage() == null ? null : ComponentGroup.DEBIAN.prefix() + file.debianPackage();
    }
}

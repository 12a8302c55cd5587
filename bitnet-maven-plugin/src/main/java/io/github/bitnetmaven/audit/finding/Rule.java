package io.github.bitnetmaven.audit.finding;

import org.jspecify.annotations.Nullable;

/**
 * Finds one kind of thing that an image need not have. Listed in {@link Rules}. No byte is found twice: a file belongs
 * to the first rule that claims it.
 */
interface Rule {
    /** Such as {@code BN001}. */
    String id();

    /** What is found, in a few words. */
    String title();

    /** Where the bytes of a file are to be summed up, if they are this rule's; null when they are not. */
    default @Nullable Place claim(OwnFile file, Inspection image) {
        return null;
    }

    /** Finds what is not a matter of whole visible files. Asked when all files are claimed. */
    default void look(Inspection image, Found found) {}

    /**
     * A place in the image, and what to do about it.
     *
     * @param group what is summed up in one finding
     * @param path where it is, relative and normalized; null for the largest of the files
     * @param advice one whole sentence, safe to print
     */
    record Place(String group, @Nullable String path, String advice) {
        /** A directory or file. */
        Place(String path, String advice) {
            this(path, path, advice);
        }

        /** Files that belong together, wherever they are. */
        static Place ofPackage(String name, String advice) {
            return new Place("package " + name, null, advice);
        }
    }
}

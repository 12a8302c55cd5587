package io.github.bitnetmaven.audit.component;

/**
 * The visible bytes of one kind.
 *
 * @param fileCount files and links
 */
public record Component(String name, long bytes, long fileCount) {}

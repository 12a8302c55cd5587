package io.github.bitnetmaven.report.source;

/**
 * A place in a file of the project.
 *
 * @param path relative to the root of the repository, with slashes
 * @param line from 1
 * @param column from 1
 */
public record SourceLocation(String path, int line, int column) {}

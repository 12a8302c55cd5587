package io.github.bitnetmaven.audit.finding;

/**
 * A file or link of an own layer that a later layer overwrites, removes or hides.
 *
 * @param layer that has it
 * @param entry in the table of that layer
 * @param by the layer that hides it
 */
record HiddenFile(int layer, int entry, int by, String path, long bytes) {}

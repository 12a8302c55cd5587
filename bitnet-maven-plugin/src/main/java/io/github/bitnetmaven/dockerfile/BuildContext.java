package io.github.bitnetmaven.dockerfile;

import java.nio.file.Path;

/**
 * A build context on disk.
 *
 * @param directory absolute
 * @param dockerfile absolute
 * @param stageKey decides about the artifacts of stage one; the label {@link Dockerfile#STAGE_LABEL} of its containers
 * @param contextKey SHA-256 over everything that the engine is sent: 64 hexadecimal digits
 */
public record BuildContext(Path directory, Path dockerfile, String stageKey, String contextKey) {}

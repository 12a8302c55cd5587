package io.github.bitnetmaven.dockerfile;

import java.nio.file.Path;
import java.util.List;

/**
 * A build context on disk.
 *
 * @param directory absolute
 * @param dockerfile absolute
 * @param startsFrom the images of the engine that the Dockerfile names, in the order in which it does
 * @param stageKeys the labels {@link Dockerfile#STAGE_LABEL} of the containers that do the long work
 * @param contextKey SHA-256 over everything that the engine is sent: 64 hexadecimal digits
 */
public record BuildContext(
        Path directory, Path dockerfile, List<String> startsFrom, List<String> stageKeys, String contextKey) {}

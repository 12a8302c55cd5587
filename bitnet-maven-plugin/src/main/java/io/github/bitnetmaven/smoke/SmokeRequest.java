package io.github.bitnetmaven.smoke;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What is to be started and asked.
 *
 * @param image name or id
 * @param port that the server listens on in the container
 * @param environment added to the image's own
 * @param deadline for the container to become healthy, and again for the completion
 * @param prompt for the completion
 * @param tokens how many to ask for, at least 1
 * @param awaitHealthCheck whether the image's HEALTHCHECK, if it has one, must report healthy too; this may take as
 *     long as its interval
 */
public record SmokeRequest(
        String image,
        int port,
        List<Mount> mounts,
        Map<String, String> environment,
        Duration deadline,
        String prompt,
        int tokens,
        boolean awaitHealthCheck) {

    public SmokeRequest {
        mounts = List.copyOf(mounts);
        environment = Map.copyOf(environment);
    }

    /** A request with a minute's deadline, a short prompt, and no mounts. */
    public static SmokeRequest of(String image, int port) {
        return new SmokeRequest(
                image, port, List.of(), Map.of(), Duration.ofMinutes(1), "Once upon a time", 16, false);
    }

    /**
     * What is given from outside.
     *
     * @param source absolute path of a file or directory on the engine's machine, or the name of a volume; empty for a
     *     volume that is made for this container and removed with it
     * @param target absolute path in the container
     * @param readOnly whether the container may only read it
     */
    public record Mount(String source, String target, boolean readOnly) {
        /** Something that is only read, such as a model. */
        public Mount(String source, String target) {
            this(source, target, true);
        }

        /** Room to write to, which is gone with the container. */
        public static Mount temporary(String target) {
            return new Mount("", target, false);
        }

        boolean isPath() {
            return !source.isEmpty() && Path.of(source).isAbsolute();
        }
    }
}

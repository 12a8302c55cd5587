package io.github.bitnetmaven.mojo.fabric8;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One image for docker-maven-plugin to build.
 *
 * @param image the name, tag included
 * @param context directory that is sent to the engine
 * @param dockerfile in the context
 * @param target the stage to stop at; null for the last one
 * @param args values of the Dockerfile's {@code ARG}s
 * @param workDirectory where docker-maven-plugin may put the archive of the context; removed afterwards
 * @param localImages whether the Dockerfile starts from images that no registry has, which must never be pulled
 */
public record FabricBuild(
        String image,
        Path context,
        Path dockerfile,
        @Nullable String target,
        Map<String, String> args,
        Path workDirectory,
        boolean localImages) {

    public FabricBuild {
        args = Map.copyOf(args);
    }

    /** The same without what differs from build to build, or from directory to directory, and not in the image. */
    FabricBuild anywhere() {
        Path nowhere = Path.of("");
        return new FabricBuild("", nowhere, nowhere, target, args, nowhere, localImages);
    }
}

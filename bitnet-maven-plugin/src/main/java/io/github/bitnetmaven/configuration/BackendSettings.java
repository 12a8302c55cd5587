package io.github.bitnetmaven.configuration;

import java.nio.file.Path;
import java.util.List;

/**
 * How the native backend is compiled; validated.
 *
 * @param builderImage the image of the first stage
 * @param executables CMake targets to build and to copy, at least one
 * @param cmakeArguments further arguments for CMake's configuration, after ours
 */
public record BackendSettings(
        Origin origin,
        CompileIn compileIn,
        String builderImage,
        Kernels kernels,
        Linkage linkage,
        List<String> executables,
        List<String> cmakeArguments) {

    public BackendSettings {
        executables = List.copyOf(executables);
        cmakeArguments = List.copyOf(cmakeArguments);
    }

    /** The same, compiled in another image. */
    public BackendSettings withBuilderImage(String other) {
        return new BackendSettings(origin, compileIn, other, kernels, linkage, executables, cmakeArguments);
    }

    /** Where the source comes from. */
    public sealed interface Origin {}

    /** A git repository at a revision. */
    public record GitOrigin(String url, String revision) implements Origin {}

    /** A local directory. */
    public record DirectoryOrigin(Path directory) implements Origin {}

    public enum CompileIn {
        CONTAINER,
        HOST
    }

    /** BitNet's kernels; the constant in lower case is the name of the quantization. */
    public enum Kernels {
        I2_S,
        TL1,
        TL2
    }

    public enum Linkage {
        STATIC,
        SHARED
    }
}

package io.github.bitnetmaven.backend;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The tools of this machine that compile a backend.
 *
 * @param generator CMake's, {@code Ninja} where it is installed, else {@code Unix Makefiles}
 * @param identity changes when one of the tools is replaced, without starting any of them
 */
record HostTools(String generator, String identity) {

    /** Looks for all that a plan needs; the search path is that of the environment. */
    static HostTools find(BackendPlan plan, @Nullable String path) throws BackendException {
        StringBuilder identity = new StringBuilder();
        identity.append(identity(tool(path, "cmake", "cmake")));
        identity.append(identity(tool(path, "g++", "c++", "g++", "clang++")));
        identity.append(identity(tool(path, "gcc", "cc")));
        Path ninja = CommandLine.find("ninja", path);
        Path builder = ninja != null ? ninja : tool(path, "make", "make");
        identity.append(identity(builder));
        identity.append(identity(tool(path, "binutils", "readelf")));
        identity.append(identity(tool(path, "binutils", "strip")));
        if (!plan.kernelGeneration().isEmpty()) {
            tool(path, "python3", "python3");
        }
        return new HostTools(ninja != null ? "Ninja" : "Unix Makefiles", identity.toString());
    }

    private static Path tool(@Nullable String path, String debianPackage, String... names) throws BackendException {
        for (String name : names) {
            Path file = CommandLine.find(name, path);
            if (file != null) {
                return file;
            }
        }
        throw new BackendException("The backend is to be compiled on this machine, and " + names[0]
                + " is not on the PATH. Install the Debian package " + debianPackage + " (apt-get install "
                + debianPackage + "), or compile in a container: <backend><compileIn>container"
                + " (-Dbitnet.backend.compileIn).");
    }

    private static String identity(Path tool) throws BackendException {
        try {
            Path real = tool.toRealPath();
            Map<String, Object> attributes = Files.readAttributes(real, "size,lastModifiedTime");
            return real + " " + List.of(attributes.get("size"), attributes.get("lastModifiedTime")) + "\n";
        } catch (IOException e) {
            throw new BackendException("The tool " + tool + " cannot be read: " + e.getMessage(), e);
        }
    }
}

package io.github.bitnetmaven.backend;

import java.util.List;
import java.util.Locale;

/** A processor architecture that BitNet has kernels for. */
public enum Architecture {
    X86_64("amd64", 62),
    AARCH64("arm64", 183);

    private final String dockerName;
    private final int elfMachine;

    Architecture(String dockerName, int elfMachine) {
        this.dockerName = dockerName;
        this.elfMachine = elfMachine;
    }

    /** As Docker's platforms name it, such as {@code amd64}. */
    public String dockerName() {
        return dockerName;
    }

    /** {@code e_machine} of its ELF files. */
    int elfMachine() {
        return elfMachine;
    }

    /** The one this Java runs on. */
    public static Architecture ofThisMachine() throws BackendException {
        return of(System.getProperty("os.arch"));
    }

    /**
     * By one of its usual names, as {@code os.arch}, {@code uname -m}, Docker's engine or a platform such as
     * {@code linux/arm64/v8} give it.
     */
    public static Architecture of(String name) throws BackendException {
        String last = name.toLowerCase(Locale.ROOT).replaceFirst("^linux/", "").replaceFirst("/v[0-9.]+$", "");
        if (List.of("amd64", "x86_64", "x86-64").contains(last)) {
            return X86_64;
        }
        if (List.of("arm64", "aarch64").contains(last)) {
            return AARCH64;
        }
        throw new BackendException("BitNet.cpp has no kernels for the architecture '" + name
                + "'. Build for linux/amd64 or linux/arm64.");
    }
}

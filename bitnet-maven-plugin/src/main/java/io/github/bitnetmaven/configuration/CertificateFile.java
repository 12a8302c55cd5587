package io.github.bitnetmaven.configuration;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A PEM file of certificates that the user names. */
final class CertificateFile {
    private static final int MAX_BYTES = 4 << 20;

    private final Configuration configuration;
    private final Option option;

    CertificateFile(Configuration configuration, Option option) {
        this.configuration = configuration;
        this.option = option;
    }

    /** The file; null, and a problem, when it is not what it should be. */
    @Nullable Path checked() {
        Path file = configuration.existing(option, false);
        if (file == null) {
            return null;
        }
        String why = refusal(file);
        if (why != null) {
            option.refuse(configuration.problems(), why);
            return null;
        }
        return file;
    }

    private static @Nullable String refusal(Path file) {
        try {
            if (Files.size(file) > MAX_BYTES) {
                return "a PEM file of certificates is at most 4 MiB";
            }
            String text = Files.readString(file, StandardCharsets.ISO_8859_1);
            if (text.contains("PRIVATE KEY-----")) {
                return "it holds a private key: give the certificates only";
            }
            return text.contains("-----BEGIN CERTIFICATE-----") ? null : "it holds no PEM certificate";
        } catch (IOException e) {
            return "it cannot be read: " + e.getMessage();
        }
    }
}

package io.github.bitnetmaven.image.source;

import io.github.bitnetmaven.image.ImageException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Names of platforms, such as {@code linux/arm64/v8} (containerd's {@code platforms} package). */
final class Platforms {
    private Platforms() {}

    /** Linux on this machine's processor: containers run there. */
    static String ofThisMachine() {
        String architecture = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
        return "linux/" + switch (architecture) {
            case "x86_64" -> "amd64";
            case "aarch64" -> "arm64";
            default -> architecture;
        };
    }

    static boolean match(String wanted, String offered) {
        return canonical(wanted).equals(canonical(offered));
    }

    private static String canonical(String platform) {
        String lower = platform.toLowerCase(Locale.ROOT).replace("x86_64", "amd64").replace("aarch64", "arm64");
        return lower.equals("linux/arm64/v8") ? "linux/arm64" : lower;
    }

    /** An image that is the only one must still be of the platform that was asked for. */
    static void require(@Nullable String wanted, String offered) throws ImageException {
        if (wanted != null && !match(wanted, offered)) {
            throw new ImageException("The image is for " + offered + ", not for " + wanted
                    + " (bitnet.platform). Ask for a platform that it has.");
        }
    }
}

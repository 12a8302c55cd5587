package io.github.bitnetmaven.file;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256, which every Java platform has. */
public final class Sha256 {
    private Sha256() {}

    public static MessageDigest create() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** As {@code sha256:…}; the digest starts anew. */
    public static String finish(MessageDigest digest) {
        return "sha256:" + HexFormat.of().formatHex(digest.digest());
    }

    /** As {@code sha256:…}. */
    public static String of(byte[] bytes) {
        return "sha256:" + HexFormat.of().formatHex(create().digest(bytes));
    }
}

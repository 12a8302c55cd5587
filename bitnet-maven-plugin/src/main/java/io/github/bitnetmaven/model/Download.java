package io.github.bitnetmaven.model;

import java.net.URI;

/**
 * A file to download.
 *
 * @param sha256 64 lower-case hexadecimal digits
 * @param bytes its size; negative when it is not known
 * @param fileName what it is called in the store: letters, digits, dots, dashes and underscores
 */
record Download(URI url, String sha256, long bytes, String fileName) {
    /** The address without its query, which may hold a signature. */
    String shownUrl() {
        return url.getScheme() + "://" + url.getRawAuthority() + url.getRawPath();
    }
}

package io.github.bitnetmaven.dockerfile;

/**
 * What a container is told to download when it starts. It stands in the image for everybody to read: no secrets.
 *
 * @param url HTTPS or HTTP, without a query
 * @param sha256 64 lower-case hexadecimal digits
 * @param bytes its size; negative when it is not known
 */
public record ModelDownload(String url, String sha256, long bytes) {}

package io.github.bitnetmaven.backend;

import io.github.bitnetmaven.file.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** A file of {@code src/}: what goes into images or builds them and is not Java. It travels in the plugin's jar. */
public enum BundledFile {
    COLLECT_RUNTIME("backend/collect-runtime.sh"),
    PROBE("probe/bitnet-probe.c"),
    INTERFACE_CMAKE("interface/bitnet-interface.cmake"),
    INTERFACE_HEADER("interface/bitnet-interface.hpp"),
    INTERFACE_REQUEST("interface/request.hpp"),
    INTERFACE_ANSWER("interface/answer.hpp"),
    INTERFACE_DOCUMENTS("interface/documents.h"),
    MOCK_HEADER("mock/mock.h"),
    MOCK_MAIN("mock/main.c"),
    MOCK_HTTP("mock/http.c"),
    MOCK_REQUEST("mock/request.c"),
    MOCK_GENERATE("mock/generate.c"),
    MOCK_TEXT("mock/text.c"),
    MOCK_JOB("mock/job.c"),
    MOCK_FORMAT("mock/format.c"),
    FETCH_MODULE("fetch/go.mod"),
    FETCH_ROOTS("fetch/roots.pem"),
    FETCH_MAIN("fetch/main.go"),
    FETCH_SETTINGS("fetch/settings.go"),
    FETCH_PLACE("fetch/place.go"),
    FETCH_DOWNLOAD("fetch/download.go"),
    FETCH_TRUST("fetch/trust.go"),
    FETCH_PROGRESS("fetch/progress.go"),
    INSTALL("server/install.py"),
    REQUIREMENTS("server/requirements.txt"),
    SERVER_INIT("server/bitnet_server/__init__.py"),
    SERVER_MAIN("server/bitnet_server/__main__.py"),
    SERVER_API("server/bitnet_server/api.py"),
    SERVER_BACKEND("server/bitnet_server/backend.py"),
    SERVER_ERRORS("server/bitnet_server/errors.py"),
    SERVER_GENERATE("server/bitnet_server/generate.py"),
    SERVER_LIMITS("server/bitnet_server/limits.py"),
    SERVER_METRICS("server/bitnet_server/metrics.py"),
    SERVER_OPENAI("server/bitnet_server/openai.py"),
    SERVER_PAGE("server/bitnet_server/page.py"),
    SERVER_RELAY("server/bitnet_server/relay.py"),
    SERVER_SETTINGS("server/bitnet_server/settings.py");

    /** What stage one needs to compile a backend and to collect what it made. */
    public static final List<BundledFile> OF_BACKEND = List.of(COLLECT_RUNTIME, PROBE);

    /** What is compiled into llama-server, so that it has the paths of the other variants. */
    public static final List<BundledFile> OF_INTERFACE =
            List.of(INTERFACE_CMAKE, INTERFACE_HEADER, INTERFACE_REQUEST, INTERFACE_ANSWER, INTERFACE_DOCUMENTS);

    /** The mock server and its health check. */
    public static final List<BundledFile> OF_MOCK = List.of(
            PROBE, INTERFACE_DOCUMENTS, MOCK_HEADER, MOCK_MAIN, MOCK_HTTP, MOCK_REQUEST, MOCK_GENERATE, MOCK_TEXT, MOCK_JOB,
            MOCK_FORMAT);

    /** What downloads the model when a container starts. */
    public static final List<BundledFile> OF_FETCH = List.of(
            FETCH_MODULE, FETCH_ROOTS, FETCH_MAIN, FETCH_SETTINGS, FETCH_PLACE, FETCH_DOWNLOAD, FETCH_TRUST, FETCH_PROGRESS);

    /** The Python server. */
    public static final List<BundledFile> OF_SERVER = Arrays.stream(values())
            .filter(file -> file.path.startsWith("server/bitnet_server/"))
            .toList();

    private static final String ROOT = "/io/github/bitnetmaven/image-sources/";

    private final String path;

    BundledFile(String path) {
        this.path = path;
    }

    /** Without its directory, such as {@code bitnet-probe.c}. */
    public String fileName() {
        return path.substring(path.indexOf('/') + 1);
    }

    /** With its directory, such as {@code probe/bitnet-probe.c}. */
    public String path() {
        return path;
    }

    /** SHA-256 over the content of all of them: 64 hexadecimal digits. */
    public static String sha256(List<BundledFile> files) {
        MessageDigest digest = Sha256.create();
        for (BundledFile file : files) {
            digest.update(file.read());
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Its bytes. */
    public byte[] read() {
        try (InputStream in = BundledFile.class.getResourceAsStream(ROOT + path)) {
            if (in == null) {
                throw new IllegalStateException("The plugin's jar has no " + ROOT + path);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new IllegalStateException("The plugin's jar cannot be read: " + e.getMessage(), e);
        }
    }
}

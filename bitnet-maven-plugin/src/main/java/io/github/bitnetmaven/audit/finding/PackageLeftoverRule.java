package io.github.bitnetmaven.audit.finding;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What package managers keep for their next run: lists, downloads, logs, compiled Python that is made again when needed. */
final class PackageLeftoverRule implements Rule {
    private static final String APT =
            "End the RUN that calls apt-get with rm -rf /var/lib/apt/lists/* /var/cache/apt/* in that same RUN.";
    private static final String CACHE = "Keep the cache out of the image with RUN --mount=type=cache, or remove it in the RUN"
            + " that fills it.";
    private static final String PIP = "Call pip with --no-cache-dir, or mount its cache with RUN --mount=type=cache.";
    private static final String COMPILED =
            "Call pip with --no-compile and set PYTHONDONTWRITEBYTECODE=1 while the image is built.";

    private static final Map<String, String> ADVICE = Map.of(
            "var/lib/apt/lists", APT,
            "var/cache/apt", APT,
            "var/log/apt", APT,
            "var/cache/debconf", APT,
            "var/cache/apk", CACHE,
            "var/cache/yum", CACHE,
            "var/cache/dnf", CACHE,
            "root/.npm", CACHE,
            "root/.cargo/registry", CACHE);
    private static final List<String> DIRECTORIES = List.copyOf(ADVICE.keySet());

    private static final String PYTHON_CACHE = "__pycache__";

    @Override
    public String id() {
        return "BN005";
    }

    @Override
    public String title() {
        return "package-manager leftovers";
    }

    @Override
    public @Nullable Place claim(OwnFile file, Inspection image) {
        String directory = file.directoryAmong(DIRECTORIES);
        if (directory != null) {
            return new Place(directory, ADVICE.get(directory));
        }
        if (file.path().equals("var/log/dpkg.log") || file.path().equals("var/lib/dpkg/status-old")) {
            return new Place(file.path(), "Remove it in the RUN that calls apt-get.");
        }
        String cache = file.upTo(".cache");
        if (cache != null) {
            boolean pip = file.path().startsWith(cache + "/pip/");
            return pip ? new Place(cache + "/pip", PIP) : new Place(cache, CACHE);
        }
        return compiled(file, image);
    }

    /** Only where the source is there: else the compiled file is what runs. */
    private static @Nullable Place compiled(OwnFile file, Inspection image) {
        if (!file.name().endsWith(".pyc") || !file.directory().endsWith(PYTHON_CACHE)) {
            return null;
        }
        String directory = file.directory();
        String beside = directory.substring(0, directory.length() - PYTHON_CACHE.length());
        String module = file.name().substring(0, file.name().indexOf('.'));
        return image.files().find(beside + module + ".py") < 0 ? null : new Place(root(beside), COMPILED);
    }

    /** Where the Python packages lie that the cache belongs to, so that there is one finding and not one for each. */
    private static String root(String beside) {
        for (String packages : List.of("/site-packages/", "/dist-packages/")) {
            int at = beside.indexOf(packages);
            if (at >= 0) {
                return beside.substring(0, at + packages.length() - 1);
            }
        }
        String[] names = beside.split("/");
        for (int i = 0, end = 0; i < names.length; i++) {
            end += names[i].length() + (i == 0 ? 0 : 1);
            if (names[i].matches("python3(\\.[0-9]+)?")) {
                return beside.substring(0, end);
            }
        }
        return beside.isEmpty() ? PYTHON_CACHE : names[0];
    }
}

package io.github.bitnetmaven.configuration;

import io.github.bitnetmaven.configuration.ModelSettings.CatalogueOrigin;
import io.github.bitnetmaven.configuration.ModelSettings.FileOrigin;
import io.github.bitnetmaven.configuration.ModelSettings.Placement;
import io.github.bitnetmaven.configuration.ModelSettings.UrlOrigin;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** The options of {@code <model>}. */
final class ModelOptions {
    private static final String DEFAULT_NAME = "BitNet-b1.58-2B-4T";
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    private final Configuration configuration;
    private final Problems problems;
    private final ModelParameters element;

    ModelOptions(Configuration configuration, ModelParameters element) {
        this.configuration = configuration;
        this.problems = configuration.problems();
        this.element = element;
    }

    ModelSettings settings() {
        Option placement =
                configuration.option("<model><placement>", "bitnet.model.placement", element.placement);
        Placement where = placement.oneOf(Placement.class, Placement.EMBEDDED, problems);
        ModelSettings.Origin origin = origin();
        if (where == Placement.DOWNLOAD && origin instanceof FileOrigin) {
            placement.refuse(
                    problems,
                    "a container cannot download a file of this machine: give <model><name>, or <model><url> with <sha256>");
        }
        if (where == Placement.DOWNLOAD && origin instanceof UrlOrigin url && url.url().getRawQuery() != null) {
            problems.add("<model><url> (-Dbitnet.model.url) has a query, the part after the question mark, and the"
                    + " placement is download. Leave it out: whoever has the image could read it, and it may hold a"
                    + " signature or a token.");
        }
        return new ModelSettings(origin, where);
    }

    private ModelSettings.Origin origin() {
        Option name = configuration.option("<model><name>", "bitnet.model", element.name);
        Option file = configuration.option("<model><file>", "bitnet.model.file", element.file);
        Option url = configuration.option("<model><url>", "bitnet.model.url", element.url);
        List<Option> set = configuration.chosen(List.of(name, file, url));
        if (set.size() > 1) {
            problems.add(set.get(0).name() + " and " + set.get(1).name() + " are both set. Keep one: a model has a name"
                    + " of the catalogue, a file, or a URL with its sha256.");
        }
        if (set.contains(file)) {
            Path existing = configuration.existing(file, false);
            return new FileOrigin(existing == null ? Path.of("") : existing);
        }
        if (set.contains(url)) {
            return url(url);
        }
        return new CatalogueOrigin(name.or(DEFAULT_NAME));
    }

    private ModelSettings.Origin url(Option url) {
        Option sha256 = configuration.option("<model><sha256>", "bitnet.model.sha256", element.sha256);
        String digest = sha256.or("").toLowerCase(Locale.ROOT);
        if (!sha256.isSet()) {
            problems.add(url.name() + " needs " + sha256.name() + " beside it: a download is only used when its digest"
                    + " is the expected one.");
        } else if (!SHA256.matcher(digest).matches()) {
            sha256.refuse(problems, "a SHA-256 digest is 64 hexadecimal digits");
        }
        URI uri = URI.create("https://invalid");
        try {
            URI parsed = new URI(url.or(""));
            String scheme = parsed.getScheme() == null ? "" : parsed.getScheme().toLowerCase(Locale.ROOT);
            if (parsed.getRawUserInfo() != null) {
                problems.add(url.name() + " carries a user or a password. Leave it out: a log would show it.");
            } else if ((scheme.equals("https") || scheme.equals("http")) && parsed.getHost() != null) {
                uri = parsed;
            } else {
                url.refuse(problems, "a model is downloaded over https or http only");
            }
        } catch (URISyntaxException e) {
            url.refuse(problems, "that is not a URL");
        }
        return new UrlOrigin(uri, digest);
    }
}

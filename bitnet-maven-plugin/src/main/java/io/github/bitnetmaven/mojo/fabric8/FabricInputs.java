package io.github.bitnetmaven.mojo.fabric8;

import io.github.bitnetmaven.file.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import org.apache.maven.model.Dependency;
import org.codehaus.plexus.util.xml.Xpp3Dom;

/**
 * What docker-maven-plugin adds to a build context: its version, its configuration and the {@code docker.*} properties,
 * which it reads from several places. Only a digest of it leaves this class, because passwords are among it.
 *
 * <p>The proxies of {@code ~/.docker/config.json}, which it hands on, are not part of it: the engine keeps them out of
 * images and of its own cache.
 */
public final class FabricInputs {
    /** What docker-maven-plugin itself sets while it runs. */
    private static final Set<String> ITS_OWN = Set.of("docker.host.address");

    /**
     * How, not what: they are no part of the digest. By names in lower case; any other value asks for images that are
     * newer than those of the engine, or are new.
     */
    private static final Map<String, Set<String>> KEEPING = Map.of(
            "nocache", Set.of("false"),
            "autopull", Set.of("on", "true", "off", "false"),
            "imagepullpolicy", Set.of("ifnotpresent", "never"));

    private final List<String> parts = new ArrayList<>();
    private boolean reusable = true;

    /**
     * @param configuration as the goal is run with, but for what differs from build to build
     * @param scopes the properties that begin with {@code docker.}, of the user, the project and so on
     */
    FabricInputs(DockerMavenPlugin plugin, Xpp3Dom configuration, List<SortedMap<String, String>> scopes) {
        parts.add(plugin.version());
        for (Dependency dependency : plugin.dependencies()) {
            parts.add(dependency.getManagementKey() + ":" + dependency.getVersion());
        }
        add(configuration);
        for (SortedMap<String, String> scope : scopes) {
            parts.add("properties");
            scope.forEach(this::addProperty);
        }
    }

    /** Whether an image that was built of the same may stand for a new one: not where new or newer images are asked for. */
    public boolean allowReuse() {
        return reusable;
    }

    /** SHA-256 over all of it: 64 hexadecimal digits. */
    public String digest() {
        MessageDigest digest = Sha256.create();
        for (String part : parts) {
            byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
            // With the length, no two lists of parts are the same bytes.
            digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
            digest.update(bytes);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private void add(Xpp3Dom element) {
        String value = element.getValue();
        if (value != null && isJudged(element.getName(), value)) {
            return;
        }
        parts.add("<" + element.getName());
        for (String attribute : element.getAttributeNames()) {
            parts.add(attribute);
            parts.add(element.getAttribute(attribute));
        }
        if (value != null) {
            parts.add("value");
            parts.add(value);
            // Maven puts in later what other plugins have set by then.
            reusable &= !value.contains("${");
        }
        for (Xpp3Dom child : element.getChildren()) {
            add(child);
        }
        parts.add(">");
    }

    private void addProperty(String name, String value) {
        if (!ITS_OWN.contains(name) && !isJudged(name.substring("docker.".length()), value)) {
            parts.add(name);
            parts.add(value);
        }
    }

    private boolean isJudged(String name, String value) {
        Set<String> keeping = KEEPING.get(name.toLowerCase(Locale.ROOT));
        if (keeping == null) {
            return false;
        }
        reusable &= keeping.contains(value.strip().toLowerCase(Locale.ROOT));
        return true;
    }
}

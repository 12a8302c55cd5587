package io.github.bitnetmaven.mojo.fabric8;

import io.github.bitnetmaven.engine.EngineAddress;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.codehaus.plexus.util.xml.Xpp3Dom;
import org.jspecify.annotations.Nullable;

/** The configurations that docker-maven-plugin's goals are run with. */
final class FabricConfiguration {
    private static final String BUILD_ARG = "docker.buildArg.";
    /** What is ours to say, or has no meaning for the one image that is built. */
    private static final Set<String> NOT_COPIED = Set.of(
            "images", "imagesMap", "volumes", "machine", "skipMachine", "dockerHost", "certPath", "filter", "name",
            "skip", "skipBuild", "skipPush", "skipPom", "skipTag", "buildArchiveOnly", "jib", "outputDirectory", "sourceDirectory",
            "archive", "outputFile");

    private final DockerMavenPlugin plugin;
    private final EngineAddress address;
    private final Function<String, @Nullable String> properties;

    FabricConfiguration(
            DockerMavenPlugin plugin, EngineAddress address, Function<String, @Nullable String> properties) {
        this.plugin = plugin;
        this.address = address;
        this.properties = properties;
    }

    /** For the goal {@code build}. */
    Xpp3Dom of(FabricBuild build) {
        Xpp3Dom root = common("skipBuild", build.image());
        add(root, "buildArchiveOnly", "false");
        add(root, "outputDirectory", build.workDirectory().toString());
        root.addChild(images(build.image(), buildElement(build)));
        return root;
    }

    /** For the goal {@code push}: an image that is there already. */
    Xpp3Dom push(String image) {
        Xpp3Dom root = common("skipPush", image);
        // Only images with a <build> are pushed; nothing of it is read.
        Xpp3Dom build = new Xpp3Dom("build");
        add(build, "from", "scratch");
        add(build, "cleanup", "none");
        root.addChild(images(image, build));
        return root;
    }

    private Xpp3Dom common(String skipGoal, String image) {
        Xpp3Dom root = new Xpp3Dom("configuration");
        copyUsersConfiguration(root);
        // An explicit address beats properties and environment, so both of us talk to the same engine.
        add(root, "dockerHost", address.uri().toString());
        if (address.certificates() != null) {
            add(root, "certPath", address.certificates().toString());
        }
        add(root, "skipMachine", "true");
        // Each of these can otherwise come from a property, give success, and do nothing.
        add(root, "skip", "false");
        add(root, skipGoal, "false");
        add(root, "skipPom", "false");
        add(root, "jib", "false");
        add(root, "filter", image);
        return root;
    }

    private void copyUsersConfiguration(Xpp3Dom root) {
        Xpp3Dom users = plugin.configuration();
        if (users == null) {
            return;
        }
        for (Xpp3Dom child : users.getChildren()) {
            if (!NOT_COPIED.contains(child.getName())) {
                root.addChild(new Xpp3Dom(child));
            }
        }
    }

    private static Xpp3Dom images(String name, Xpp3Dom build) {
        Xpp3Dom image = new Xpp3Dom("image");
        add(image, "name", name);
        // Keeps docker.imagePropertyConfiguration from renaming the image.
        Xpp3Dom external = new Xpp3Dom("external");
        add(external, "type", "properties");
        add(external, "mode", "skip");
        image.addChild(external);
        image.addChild(build);
        Xpp3Dom images = new Xpp3Dom("images");
        images.addChild(image);
        return images;
    }

    private Xpp3Dom buildElement(FabricBuild build) {
        Xpp3Dom element = new Xpp3Dom("build");
        add(element, "contextDir", build.context().toString());
        add(element, "dockerFile", build.dockerfile().toString());
        // Else Maven expressions inside the Dockerfile would be replaced.
        add(element, "filter", "false");
        // Else the image of the last build is removed by force, with every other tag it has.
        add(element, "cleanup", "none");
        if (build.localImages()) {
            add(element, "imagePullPolicy", "IfNotPresent");
        }
        if (build.target() != null) {
            add(element, "target", build.target());
        }
        Xpp3Dom args = new Xpp3Dom("args");
        for (Map.Entry<String, String> arg : new TreeMap<>(build.args()).entrySet()) {
            // docker-maven-plugin fails on an argument that is given both ways; the user's is the one to keep.
            if (properties.apply(BUILD_ARG + arg.getKey()) == null && !isUsersBuildArg(arg.getKey())) {
                add(args, arg.getKey(), arg.getValue());
            }
        }
        if (args.getChildCount() > 0) {
            element.addChild(args);
        }
        return element;
    }

    private boolean isUsersBuildArg(String key) {
        Xpp3Dom users = plugin.configuration() == null ? null : plugin.configuration().getChild("buildArgs");
        return users != null && users.getChild(key) != null;
    }

    private static void add(Xpp3Dom parent, String name, String value) {
        Xpp3Dom child = new Xpp3Dom(name);
        child.setValue(value);
        parent.addChild(child);
    }
}

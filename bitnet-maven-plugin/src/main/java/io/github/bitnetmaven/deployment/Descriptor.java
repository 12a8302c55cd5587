package io.github.bitnetmaven.deployment;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** A file that describes to one system how the image is run, with the hardened settings. Listed in {@link Descriptors}. */
interface Descriptor {
    /** The name in {@code <deployments>}. */
    String id();

    String fileName();

    /** Lines at the top of the file, to be read by who is about to use it. */
    List<String> comment(Deployment deployment);

    /** The YAML documents. */
    List<ObjectNode> documents(Deployment deployment);
}

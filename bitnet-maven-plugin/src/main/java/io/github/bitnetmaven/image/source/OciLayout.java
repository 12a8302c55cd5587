package io.github.bitnetmaven.image.source;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.bitnetmaven.image.ImageException;
import io.github.bitnetmaven.image.ReadOptions;
import java.util.ArrayList;
import java.util.List;

/**
 * An OCI image layout (OCI image specification, image-layout.md): {@code index.json}, which leads through manifests, or
 * further indexes, to configuration and layers.
 */
final class OciLayout implements Blobs {
    private final Members members;

    OciLayout(Members members) {
        this.members = members;
    }

    ImageAssembly read(ReadOptions options) throws ImageException {
        JsonNode index = Json.parse(members.json(Members.INDEX), "file 'index.json'");
        return new ManifestChoice(this, "layout", "Save the one to be audited alone.")
                .choose(index, options.platform())
                .read(this);
    }

    @Override
    public boolean has(Descriptor manifest) {
        return members.has(Members.blob(manifest.digest()));
    }

    @Override
    public byte[] manifest(Descriptor manifest) throws ImageException {
        byte[] content = members.json(Members.blob(manifest.digest()));
        manifest.requireSize(content.length);
        return content;
    }

    @Override
    public byte[] configuration(Descriptor configuration) throws ImageException {
        return manifest(configuration);
    }

    @Override
    public List<LayerBlob> layers(List<Descriptor> layers) throws ImageException {
        List<LayerBlob> blobs = new ArrayList<>();
        for (Descriptor layer : layers) {
            String path = Members.blob(layer.digest());
            if (!members.has(path) && layer.isForeign()) {
                throw new ImageException("The layer " + layer.digest() + " is not in the layout: it is to be fetched"
                        + " from a URL (a foreign layer). Pull the image with its foreign layers.");
            }
            blobs.add(members.layer(path));
        }
        return blobs;
    }
}

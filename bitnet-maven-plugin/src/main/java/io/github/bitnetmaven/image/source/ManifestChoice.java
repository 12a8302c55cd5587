package io.github.bitnetmaven.image.source;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.bitnetmaven.image.ImageException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Chooses one image of an index (OCI image specification, image-index.md; Docker's manifest list) by its platform.
 * Indexes may lead to further indexes; what is no image, such as an attestation, is passed over. A manifest whose
 * platform the index tells is only fetched when it is the one that is wanted.
 */
final class ManifestChoice {
    private static final int MAXIMUM_DEPTH = 8;
    private static final int MAXIMUM_DESCRIPTORS = 10_000;
    /** Of all manifests and indexes together. */
    private static final long MAXIMUM_BYTES = 64L << 20;

    private static final Set<String> OF_ONE_IMAGE = Set.of(
            "application/vnd.oci.image.manifest.v1+json", "application/vnd.docker.distribution.manifest.v2+json");

    private final Blobs blobs;
    private final String place;
    private final String mend;
    private final Map<String, Candidate> candidates = new LinkedHashMap<>();
    private int descriptors;
    private long bytes;

    /**
     * An image of the index; the platform as the index or else the configuration tells it.
     *
     * @param manifest null when it was not needed yet
     */
    private record Candidate(Descriptor descriptor, @Nullable JsonNode manifest, String platform, String name) {
        String display() {
            return (name.isEmpty() ? descriptor.digest() : name) + " (" + platform + ")";
        }
    }

    /**
     * @param place what holds the index, for messages, such as {@code layout}
     * @param mend what to do when there is none or more than one image for a platform; a sentence
     */
    ManifestChoice(Blobs blobs, String place, String mend) {
        this.blobs = blobs;
        this.place = place;
        this.mend = mend;
    }

    /**
     * The image for a platform.
     *
     * @param platform null for the only image there is, else this machine's
     */
    ImageManifest choose(JsonNode index, @Nullable String platform) throws ImageException {
        collect(index, "", 0);
        Candidate chosen = choose(platform);
        return ImageManifest.of(manifest(chosen), name(chosen.descriptor), blobs);
    }

    private Candidate choose(@Nullable String platform) throws ImageException {
        List<Candidate> all = List.copyOf(candidates.values());
        String wanted = platform == null ? Platforms.ofThisMachine() : platform;
        List<Candidate> fitting = new ArrayList<>();
        for (Candidate candidate : all) {
            boolean fits = platform == null && all.size() == 1 || Platforms.match(wanted, candidate.platform);
            if (fits && ImageManifest.isImage(manifest(candidate))) {
                fitting.add(candidate);
            }
        }
        if (fitting.size() == 1) {
            return fitting.get(0);
        }
        if (fitting.size() > 1) {
            List<String> names = fitting.stream().map(Candidate::display).toList();
            throw new ImageException("The " + place + " holds " + fitting.size() + " images for " + wanted + ": "
                    + Json.abbreviate(String.join(", ", names)) + ". " + mend);
        }
        List<String> offered = all.stream().map(Candidate::platform).distinct().sorted().toList();
        if (offered.isEmpty() || offered.stream().anyMatch(other -> Platforms.match(wanted, other))) {
            throw new ImageException("The " + place + " names no image that is in it. Save or push the image again.");
        }
        throw new ImageException("No image of the " + place + " is for " + wanted + "; there are "
                + Json.abbreviate(String.join(", ", offered)) + ". Choose one with bitnet.platform.");
    }

    /** Finds the images below an index. */
    private void collect(JsonNode index, String name, int depth) throws ImageException {
        if (depth > MAXIMUM_DEPTH) {
            throw new ImageException("The " + place + " has indexes nested more than " + MAXIMUM_DEPTH + " deep.");
        }
        for (JsonNode json : index.path("manifests")) {
            if (++descriptors > MAXIMUM_DESCRIPTORS) {
                throw new ImageException("The " + place + " names more than " + MAXIMUM_DESCRIPTORS + " manifests.");
            }
            Descriptor descriptor = Descriptor.of(json, "index");
            if (!descriptor.isAttestation()) {
                add(descriptor, json.path("annotations").path("org.opencontainers.image.ref.name").asText(name), depth);
            }
        }
    }

    private void add(Descriptor descriptor, String name, int depth) throws ImageException {
        if (descriptor.hasPlatform()) {
            if (!blobs.has(descriptor)) {
                return;
            }
            if (OF_ONE_IMAGE.contains(descriptor.json().path("mediaType").asText(""))) {
                candidates.putIfAbsent(
                        descriptor.digest(), new Candidate(descriptor, null, descriptor.platform(), name));
                return;
            }
        }
        JsonNode manifest = fetch(descriptor);
        if (manifest.has("manifests")) {
            collect(manifest, name, depth + 1);
        } else if (ImageManifest.isImage(manifest)) {
            String platform = descriptor.hasPlatform()
                    ? descriptor.platform()
                    : ImageManifest.configuration(manifest, name(descriptor), blobs)
                            .configuration()
                            .platform();
            candidates.putIfAbsent(descriptor.digest(), new Candidate(descriptor, manifest, platform, name));
        }
    }

    private JsonNode manifest(Candidate candidate) throws ImageException {
        return candidate.manifest == null ? fetch(candidate.descriptor) : candidate.manifest;
    }

    private JsonNode fetch(Descriptor descriptor) throws ImageException {
        byte[] json = blobs.manifest(descriptor);
        bytes += json.length;
        if (bytes > MAXIMUM_BYTES) {
            throw new ImageException("The " + place + " has more than " + MAXIMUM_BYTES + " bytes of manifests.");
        }
        return Json.parse(json, name(descriptor));
    }

    private static String name(Descriptor descriptor) {
        return "manifest " + descriptor.digest();
    }
}

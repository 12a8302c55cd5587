package io.github.bitnetmaven.it;

import io.github.bitnetmaven.backend.Architecture;
import io.github.bitnetmaven.backend.BackendPlan;
import io.github.bitnetmaven.backend.SourceFetcher;
import io.github.bitnetmaven.configuration.BackendSettings;
import io.github.bitnetmaven.configuration.BackendSettings.CompileIn;
import io.github.bitnetmaven.configuration.BackendSettings.DirectoryOrigin;
import io.github.bitnetmaven.configuration.BackendSettings.Kernels;
import io.github.bitnetmaven.configuration.BackendSettings.Linkage;
import io.github.bitnetmaven.configuration.ImageSettings;
import io.github.bitnetmaven.configuration.Variant;
import io.github.bitnetmaven.dockerfile.BuildContext;
import io.github.bitnetmaven.dockerfile.ContextRequest;
import io.github.bitnetmaven.dockerfile.ContextWriter;
import io.github.bitnetmaven.dockerfile.ImageLabels;
import io.github.bitnetmaven.dockerfile.ModelDownload;
import io.github.bitnetmaven.progress.Progress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * An image of the placement {@code download}, with the program of {@code src/fetch}. The first test that needs it builds
 * it for all; it is removed after the last one.
 */
final class FetchImage implements AutoCloseable {
    static final String NAME = "bitnet-it/fetch:1.0";
    /** Where the model is on its host. */
    static final String PATH = "/acme/model/resolve/main/model.gguf";
    static final byte[] MODEL = model();
    static final String SHA256 = hex(MODEL);

    private FetchImage() {}

    /** Builds it, unless another test of this run has. */
    static void ensure(ExtensionContext context) {
        context.getRoot()
                .getStore(Namespace.create(FetchImage.class))
                .getOrComputeIfAbsent(NAME, name -> build(), FetchImage.class);
    }

    private static FetchImage build() {
        try {
            Path directory = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "fetch-image");
            BackendSettings backend = new BackendSettings(
                    new DirectoryOrigin(Path.of(System.getProperty("it.tiny.backend"))),
                    CompileIn.CONTAINER,
                    System.getProperty("bitnet.backend.builderImage"),
                    Kernels.I2_S,
                    Linkage.STATIC,
                    List.of("llama-server"),
                    List.of());
            BackendPlan plan = BackendPlan.of(
                    backend,
                    new SourceFetcher(SourceFetcher.defaultCache()).fetch(backend.origin(), Progress.silent()),
                    Architecture.ofThisMachine(),
                    null,
                    true);
            BuildContext context = ContextWriter.write(new ContextRequest(
                    directory.resolve("context"),
                    new ImageSettings(NAME, Variant.NATIVE, "scratch", 8001, List.of()),
                    backend,
                    plan,
                    null,
                    "scratch",
                    "model.gguf",
                    new ModelDownload("https://huggingface.co" + PATH, SHA256, MODEL.length),
                    null,
                    new ImageLabels(null, null, null, null, null)));
            Docker.buildWith(Docker.Builder.CLASSIC, context.directory(), NAME);
            return new FetchImage();
        } catch (Exception e) {
            throw new AssertionError("The image " + NAME + " could not be built.", e);
        }
    }

    @Override
    public void close() throws IOException {
        try {
            Docker.forget(NAME);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static byte[] model() {
        long seed = new Random().nextLong();
        System.out.println("FetchImage: the model's seed is " + seed);
        byte[] model = new byte[300_000];
        new Random(seed).nextBytes(model);
        System.arraycopy("GGUF".getBytes(StandardCharsets.US_ASCII), 0, model, 0, 4);
        return model;
    }

    /** The SHA-256 of that content. */
    static String hex(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}

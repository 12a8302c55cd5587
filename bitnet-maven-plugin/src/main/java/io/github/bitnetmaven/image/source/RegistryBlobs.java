package io.github.bitnetmaven.image.source;

import io.github.bitnetmaven.image.ImageException;
import io.github.bitnetmaven.image.ReadOptions;
import io.github.bitnetmaven.image.registry.RegistryClient;
import io.github.bitnetmaven.progress.Progress;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;

/** The parts of an image in a registry. Layers are streamed, two at a time: while one waits, the other has the network. */
final class RegistryBlobs implements Blobs {
    private static final int AT_A_TIME = 2;

    private final RegistryClient registry;
    private final String name;
    private final ReadOptions options;
    private final Progress progress;

    /**
     * @param name of the image, for messages
     */
    RegistryBlobs(RegistryClient registry, String name, ReadOptions options, Progress progress) {
        this.registry = registry;
        this.name = name;
        this.options = options;
        this.progress = progress;
    }

    @Override
    public boolean has(Descriptor manifest) {
        return true;
    }

    @Override
    public byte[] manifest(Descriptor manifest) throws ImageException {
        byte[] content = registry.manifest(manifest.digest());
        manifest.requireSize(content.length);
        return content;
    }

    @Override
    public byte[] configuration(Descriptor configuration) throws ImageException {
        return registry.configuration(configuration.digest(), configuration.bytes());
    }

    @Override
    public List<LayerBlob> layers(List<Descriptor> layers) throws ImageException {
        ExecutorService readers = Executors.newFixedThreadPool(AT_A_TIME, RegistryBlobs::thread);
        long total = layers.stream().mapToLong(Descriptor::bytes).sum();
        try (Progress.Task task = progress.start("Reading " + name, total, Progress.Unit.BYTES)) {
            Sum done = new Sum(task);
            List<Future<LayerBlob>> reading = new ArrayList<>();
            for (Descriptor layer : layers) {
                reading.add(readers.submit(() -> read(layer, done.part())));
            }
            List<LayerBlob> blobs = new ArrayList<>();
            for (Future<LayerBlob> blob : reading) {
                blobs.add(await(blob));
            }
            return blobs;
        } finally {
            end(readers);
        }
    }

    private LayerBlob read(Descriptor layer, LongConsumer done) throws ImageException {
        try (InputStream in = registry.layer(layer.digest(), layer.bytes())) {
            LayerBlob blob = new BlobReader(options).read(new ProgressStream(in, 0, done), layer.bytes());
            if (!layer.digest().equals(blob.digest())) {
                throw new ImageException("The layer " + layer.digest() + " was altered: its digest is " + blob.digest()
                        + ". Push the image again.");
            }
            return blob;
        } catch (IOException e) {
            if (layer.isForeign()) {
                throw new ImageException("The layer " + layer.digest() + " is not in the registry: it is to be fetched"
                        + " from a URL (a foreign layer). Pull the image with its foreign layers, and audit it from"
                        + " the engine.", e);
            }
            throw LayerSlices.unreadable(layer.digest(), e);
        }
    }

    private static LayerBlob await(Future<LayerBlob> blob) throws ImageException {
        try {
            return blob.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ImageException cause) {
                throw cause;
            }
            throw new ImageException("A layer cannot be read: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ImageException("Reading from the registry was interrupted.", e);
        }
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "bitnet registry reader");
        thread.setDaemon(true);
        return thread;
    }

    /** After a failure, the other layer is of no more use. */
    private static void end(ExecutorService readers) {
        readers.shutdownNow();
        try {
            if (!readers.awaitTermination(5, TimeUnit.SECONDS)) {
                return; // Their threads end with their connections.
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Adds up how far the layers are. */
    private static final class Sum {
        private final Progress.Task task;
        private long done;

        Sum(Progress.Task task) {
            this.task = task;
        }

        private synchronized void add(long bytes) {
            done += bytes;
            task.at(done);
        }

        /** Takes how far one layer is. */
        LongConsumer part() {
            return new LongConsumer() {
                private long before;

                @Override
                public void accept(long now) {
                    add(now - before);
                    before = now;
                }
            };
        }
    }
}

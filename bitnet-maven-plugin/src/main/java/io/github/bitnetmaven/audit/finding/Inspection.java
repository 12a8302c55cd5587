package io.github.bitnetmaven.audit.finding;

import io.github.bitnetmaven.audit.component.Components;
import io.github.bitnetmaven.audit.content.Contents;
import io.github.bitnetmaven.audit.content.ElfFacts;
import io.github.bitnetmaven.audit.measurement.Measurement;
import io.github.bitnetmaven.audit.measurement.Printable;
import io.github.bitnetmaven.image.Image;
import io.github.bitnetmaven.image.MergedFileSystem;
import java.util.BitSet;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** An image as the rules see it, with what they have claimed. */
final class Inspection {
    private static final int SHOWN_INSTRUCTION = 60;
    private static final int SHOWN_PATH = 120;

    private final Measurement measurement;
    private final Contents contents;
    private final BitSet claimed = new BitSet();
    private final HiddenFiles hidden;
    private final SourceTrees trees;
    private final RunningFiles running;
    private final ToolPackages tools;
    /** Of the file that was looked at last. */
    private OwnDirectory directory = OwnDirectory.ROOT;

    Inspection(Measurement measurement, Contents contents) {
        this.measurement = measurement;
        this.contents = contents;
        this.hidden = new HiddenFiles(measurement);
        this.trees = new SourceTrees(this);
        this.running = new RunningFiles(this);
        this.tools = new ToolPackages(this);
    }

    Measurement measurement() {
        return measurement;
    }

    Image image() {
        return measurement.image();
    }

    MergedFileSystem files() {
        return measurement.image().files();
    }

    Contents contents() {
        return contents;
    }

    /** Directories that sources were copied to. */
    SourceTrees trees() {
        return trees;
    }

    /** What the image starts. */
    RunningFiles running() {
        return running;
    }

    /** Debian packages that only building needs. */
    ToolPackages tools() {
        return tools;
    }

    /** The visible files and links with bytes that no base layer brings, by path. */
    void forEachOwnFile(Consumer<OwnFile> consumer) {
        MergedFileSystem files = files();
        for (int i = 0; i < files.size(); i++) {
            if (isOwnFile(files, i)) {
                consumer.accept(ownFile(files, i));
            }
        }
    }

    private boolean isOwnFile(MergedFileSystem files, int file) {
        return files.bytes(file) > 0 && Components.isFileOrLink(files.type(file)) && isOwn(files.layer(file));
    }

    private OwnFile ownFile(MergedFileSystem files, int file) {
        String path = files.path(file);
        int slash = path.lastIndexOf('/');
        directory = OwnDirectory.of(path, slash, directory);
        return new OwnFile(file, path, path.substring(slash + 1), directory, files.bytes(file), files.layer(file));
    }

    /** The programs and libraries among the own files that no rule has claimed. */
    void forEachProgram(BiConsumer<OwnFile, ElfFacts> consumer) {
        MergedFileSystem files = files();
        contents.programs().forEach(i -> {
            ElfFacts elf = contents.elf(i);
            if (elf != null && files.bytes(i) > 0 && isOwn(files.layer(i)) && !isClaimed(i)) {
                consumer.accept(ownFile(files, i), elf);
            }
        });
    }

    /** Hidden files of own layers. */
    HiddenFiles hidden() {
        return hidden;
    }

    /** Whether a container of the image starts a program without being told which. */
    boolean startsAnything() {
        var configuration = image().configuration();
        return !configuration.entrypoint().isEmpty() || !configuration.command().isEmpty();
    }

    boolean isOwn(int layer) {
        return !image().layers().get(layer).base();
    }

    void claim(int file) {
        claimed.set(file);
    }

    boolean isClaimed(int file) {
        return claimed.get(file);
    }

    /** As in {@code layer 3 (RUN make)}; safe to print. */
    String layer(int index) {
        if (index < 0) {
            return "a later layer";
        }
        var instruction = measurement.instruction(index);
        return "layer " + index + (instruction.isUnknown() ? "" : " (" + instruction.text(SHOWN_INSTRUCTION) + ")");
    }

    /** Absolute, on one line; safe to print. */
    static String shown(String path) {
        return "/" + Printable.of(path, SHOWN_PATH);
    }
}

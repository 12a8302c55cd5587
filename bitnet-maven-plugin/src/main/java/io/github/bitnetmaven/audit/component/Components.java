package io.github.bitnetmaven.audit.component;

import io.github.bitnetmaven.audit.content.Contents;
import io.github.bitnetmaven.audit.measurement.Measurement;
import io.github.bitnetmaven.image.EntryType;
import io.github.bitnetmaven.image.Image;
import io.github.bitnetmaven.image.MergedFileSystem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which component each visible file belongs to. The components add up to the visible bytes. */
public final class Components {
    /** The first that knows a file names it. A new kind is one line here. */
    private static final List<Classifier> CLASSIFIERS = List.of(
            new ModelClassifier(),
            new DuplicateModelClassifier(),
            new ServerClassifier(),
            new BackendClassifier(),
            new BaseClassifier(),
            new DebianClassifier(),
            new PythonClassifier());

    /** Of more kinds than these no report is made; what is too much is other. */
    private static final int MOST = 10_000;

    private static final String OTHER = "other";

    private final List<String> names;
    private final short[] ofFile;
    private final List<Component> all;

    private Components(List<String> names, short[] ofFile, List<Component> all) {
        this.names = names;
        this.ofFile = ofFile;
        this.all = all;
    }

    /** Tells packages apart only where contents were observed. */
    public static Components of(Measurement measurement) {
        return of(measurement, Contents.of(measurement.image()));
    }

    public static Components of(Measurement measurement, Contents contents) {
        Image image = measurement.image();
        MergedFileSystem files = image.files();
        Sums sums = new Sums();
        short[] ofFile = new short[files.size()];
        for (int i = 0; i < files.size(); i++) {
            if (isFileOrLink(files.type(i))) {
                ofFile[i] = sums.add(classify(i, measurement, contents), files.bytes(i));
            }
        }
        return new Components(List.copyOf(sums.numbers.keySet()), ofFile, sums.largestFirst());
    }

    private static String classify(int i, Measurement measurement, Contents contents) {
        Image image = measurement.image();
        VisibleFile file = new VisibleFile(
                image.files().path(i),
                measurement.isModel(i),
                measurement.isDuplicateModel(i),
                image.layers().get(image.files().layer(i)).base(),
                contents.isProgram(i),
                contents.debian().of(i),
                contents.python().of(i));
        for (Classifier classifier : CLASSIFIERS) {
            String name = classifier.classify(file);
            if (name != null) {
                return name;
            }
        }
        return OTHER;
    }

    /** Components are numbered as they come. */
    private static final class Sums {
        private final Map<String, Short> numbers = new LinkedHashMap<>();
        private final List<long[]> bytesAndFiles = new ArrayList<>();

        short add(String name, long bytes) {
            Short number = numbers.get(name);
            if (number == null) {
                String kept = numbers.size() < MOST ? name : OTHER;
                number = numbers.computeIfAbsent(kept, first -> (short) numbers.size());
            }
            if (number == bytesAndFiles.size()) {
                bytesAndFiles.add(new long[2]);
            }
            bytesAndFiles.get(number)[0] += bytes;
            bytesAndFiles.get(number)[1]++;
            return number;
        }

        List<Component> largestFirst() {
            List<Component> all = new ArrayList<>();
            numbers.forEach((name, number) ->
                    all.add(new Component(name, bytesAndFiles.get(number)[0], bytesAndFiles.get(number)[1])));
            all.sort(Comparator.comparingLong(Component::bytes).reversed().thenComparing(Component::name));
            return List.copyOf(all);
        }
    }

    /** Whether an entry of this type counts as a file. */
    public static boolean isFileOrLink(EntryType type) {
        return type == EntryType.FILE || type == EntryType.SYMLINK || type == EntryType.HARDLINK;
    }

    /** Largest first. */
    public List<Component> all() {
        return all;
    }

    /** The component of a file or link of the merged file system. */
    public String ofFile(int file) {
        return names.get(ofFile[file]);
    }
}

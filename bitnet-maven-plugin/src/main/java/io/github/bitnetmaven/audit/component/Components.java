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
        Map<String, Short> numbers = new LinkedHashMap<>();
        List<String> names = new ArrayList<>();
        List<long[]> sums = new ArrayList<>();
        short[] ofFile = new short[files.size()];
        for (int i = 0; i < files.size(); i++) {
            if (!isFileOrLink(files.type(i))) {
                continue;
            }
            boolean base = image.layers().get(files.layer(i)).base();
            String name = classify(new VisibleFile(
                    files.path(i),
                    measurement.isModel(i),
                    measurement.isDuplicateModel(i),
                    base,
                    contents.isProgram(i),
                    contents.debian().of(i),
                    contents.python().of(i)));
            name = names.size() < MOST || numbers.containsKey(name) ? name : OTHER;
            Short number = numbers.get(name);
            if (number == null) {
                number = (short) names.size();
                numbers.put(name, number);
                names.add(name);
                sums.add(new long[2]);
            }
            ofFile[i] = number;
            sums.get(number)[0] += files.bytes(i);
            sums.get(number)[1]++;
        }
        List<Component> all = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            all.add(new Component(names.get(i), sums.get(i)[0], sums.get(i)[1]));
        }
        all.sort(Comparator.comparingLong(Component::bytes).reversed().thenComparing(Component::name));
        return new Components(names, ofFile, List.copyOf(all));
    }

    private static String classify(VisibleFile file) {
        for (Classifier classifier : CLASSIFIERS) {
            String name = classifier.classify(file);
            if (name != null) {
                return name;
            }
        }
        return OTHER;
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

package io.github.bitnetmaven.audit.growth;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/** Keeps the largest changes of those that it is shown, be they more or less. Equals are in the order of their names. */
final class Largest<T> {
    private final int kept;
    private final ToLongFunction<T> bytes;
    private final Comparator<T> largestFirst;
    private final PriorityQueue<T> largest;

    Largest(int kept, ToLongFunction<T> bytes, Function<T, String> name) {
        this.kept = kept;
        this.bytes = bytes;
        this.largestFirst = Comparator.<T>comparingLong(change -> -Math.abs(bytes.applyAsLong(change))).thenComparing(name);
        this.largest = new PriorityQueue<>(largestFirst.reversed());
    }

    /** Whether a change of so many bytes may be among them; cheap, so that the many small ones need not be built. */
    boolean mayKeep(long change) {
        return change != 0
                && (largest.size() < kept || Math.abs(change) >= Math.abs(bytes.applyAsLong(largest.element())));
    }

    void add(T change) {
        if (mayKeep(bytes.applyAsLong(change))) {
            largest.add(change);
            if (largest.size() > kept) {
                largest.remove();
            }
        }
    }

    List<T> list() {
        List<T> list = new ArrayList<>(largest);
        list.sort(largestFirst);
        return List.copyOf(list);
    }
}

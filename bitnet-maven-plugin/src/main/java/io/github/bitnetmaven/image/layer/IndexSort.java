package io.github.bitnetmaven.image.layer;

import java.util.Arrays;

/**
 * Sorts indices with a natural merge sort: stable, and linear where the input is sorted already, as the entries of most
 * layers are because writers walk directories in order.
 */
final class IndexSort {
    interface Order {
        int compare(int a, int b);
    }

    private IndexSort() {}

    /** Returns 0 … size - 1 in the given order. */
    static int[] sort(int size, Order order) {
        int[] from = new int[size];
        for (int i = 0; i < size; i++) {
            from[i] = i;
        }
        int[] starts = runs(from, order);
        if (starts.length <= 2) {
            return from;
        }
        int[] to = new int[size];
        int runs = starts.length - 1;
        while (runs > 1) {
            int merged = 0;
            for (int run = 0; run < runs; run += 2) {
                int start = starts[run];
                int middle = starts[run + 1];
                int end = run + 1 < runs ? starts[run + 2] : middle;
                merge(from, start, middle, end, to, order);
                starts[merged++] = start;
            }
            starts[merged] = size;
            runs = merged;
            int[] swap = from;
            from = to;
            to = swap;
        }
        return from;
    }

    /** Where ascending runs start, and the size at the end. */
    private static int[] runs(int[] indices, Order order) {
        int[] starts = new int[16];
        int count = 1;
        for (int i = 1; i < indices.length; i++) {
            if (order.compare(indices[i - 1], indices[i]) > 0) {
                if (count + 1 >= starts.length) {
                    starts = Arrays.copyOf(starts, starts.length * 2);
                }
                starts[count++] = i;
            }
        }
        starts[count++] = indices.length;
        return Arrays.copyOf(starts, count);
    }

    private static void merge(int[] from, int start, int middle, int end, int[] to, Order order) {
        int left = start;
        int right = middle;
        for (int i = start; i < end; i++) {
            if (right == end || left < middle && order.compare(from[left], from[right]) <= 0) {
                to[i] = from[left++];
            } else {
                to[i] = from[right++];
            }
        }
    }
}

package io.github.bitnetmaven.progress;

/** Shows people that long work goes on. Implementations decide how; whoever works only reports. */
public interface Progress {

    /** What {@link Task#at} counts. */
    enum Unit {
        BYTES,
        PERCENT,
        ITEMS
    }

    /**
     * Starts a task that is shown until it is closed.
     *
     * @param what what is being done, such as {@code Reading layers of acme/bitnet:1.0}
     * @param total how much there is to do, in units; negative when it is not known. Of PERCENT without a total, only
     *     the time is shown
     */
    Task start(String what, long total, Unit unit);

    /** Prints one line that stays. */
    void line(String message);

    /** A piece of work under way. Not thread-safe. */
    interface Task extends AutoCloseable {
        /** Says how far the work is, counted from the start, in units. Cheap enough for every buffer read. */
        void at(long done);

        @Override
        void close();
    }

    /** Shows nothing. */
    static Progress silent() {
        return new Progress() {
            @Override
            public Task start(String what, long total, Unit unit) {
                return new Task() {
                    @Override
                    public void at(long done) {}

                    @Override
                    public void close() {}
                };
            }

            @Override
            public void line(String message) {}
        };
    }
}

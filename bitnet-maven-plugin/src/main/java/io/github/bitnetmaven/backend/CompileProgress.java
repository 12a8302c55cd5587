package io.github.bitnetmaven.backend;

import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads how far a compilation is from what CMake's generators print. */
public final class CompileProgress {
    private static final Pattern NINJA = Pattern.compile("\\[(\\d{1,6})/(\\d{1,6})\\] .*");
    private static final Pattern MAKE = Pattern.compile("\\[ *(\\d{1,3})%\\] .*");
    private static final Pattern ERROR = Pattern.compile(
            ".*(?:\\berror: |CMake Error|ninja: error|undefined reference|fatal error|\\*\\*\\* |^E: |"
                    + "collect-runtime: |bitnet-probe).*");

    private CompileProgress() {}

    /** Per cent of the compilation, from a line such as {@code [12/45] Building …} or {@code [ 27%] Building …}. */
    public static OptionalInt percent(String line) {
        Matcher ninja = NINJA.matcher(line);
        if (ninja.matches()) {
            int total = Integer.parseInt(ninja.group(2));
            int done = Integer.parseInt(ninja.group(1));
            return total == 0 || done > total ? OptionalInt.empty() : OptionalInt.of((int) (100L * done / total));
        }
        Matcher make = MAKE.matcher(line);
        if (make.matches() && Integer.parseInt(make.group(1)) <= 100) {
            return OptionalInt.of(Integer.parseInt(make.group(1)));
        }
        return OptionalInt.empty();
    }

    /** Whether a line says why a compilation failed. */
    public static boolean isError(String line) {
        return ERROR.matcher(line).matches();
    }
}

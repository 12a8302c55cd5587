package io.github.bitnetmaven.audit.finding;

import io.github.bitnetmaven.audit.content.DebianPackage;
import io.github.bitnetmaven.audit.content.DebianPackages;
import io.github.bitnetmaven.audit.content.ElfFacts;
import io.github.bitnetmaven.image.MergedFileSystem;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The Debian packages that would go with {@code apt-get purge --auto-remove} of the build tools: packages of the
 * sections devel, libdevel and vcs and some more by name, and what apt installed only for others and nothing that stays
 * needs. What the image's own programs are linked to, and what it starts, stays.
 */
final class ToolPackages {
    private static final Set<String> SECTIONS = Set.of("devel", "libdevel", "vcs");
    private static final String NAMES =
            "(cpp|gcc|g\\+\\+|gfortran|clang|clang-tools|lld|llvm|binutils|cmake|cmake-data|make|ninja-build|meson|git|ccache"
                    + "|dpkg-dev|build-essential|patch|autoconf|automake|libtool|pkg-config|pkgconf|rustc|cargo|golang)"
                    + "(-[0-9.]+)?(-(x86-64|aarch64|linux-gnu|common|data|runtime|dev|go|src|x86-64-linux-gnu"
                    + "|aarch64-linux-gnu))*";

    private final Map<String, DebianPackage> installed;
    private final Set<String> tools = new HashSet<>();

    ToolPackages(Inspection image) {
        DebianPackages debian = image.contents().debian();
        installed = debian.installed();
        if (installed.isEmpty()) {
            return;
        }
        Map<String, List<String>> providers = new HashMap<>();
        installed.values().forEach(one -> one.provides()
                .forEach(name -> providers.computeIfAbsent(name, n -> new ArrayList<>()).add(one.name())));
        Set<String> staying = new TreeSet<>(atRunTime(image));
        for (DebianPackage one : installed.values()) {
            if (one.system() || !isTool(one) && !debian.isAutomatic(one.name())) {
                staying.add(one.name());
            }
        }
        Deque<String> left = new ArrayDeque<>(staying);
        while (!left.isEmpty()) {
            DebianPackage one = installed.get(left.remove());
            for (String need : one == null ? List.<String>of() : one.needs()) {
                List<String> meant = installed.containsKey(need) ? List.of(need) : providers.getOrDefault(need, List.of());
                for (String name : meant) {
                    if (staying.add(name)) {
                        left.add(name);
                    }
                }
            }
        }
        for (String name : installed.keySet()) {
            if (!staying.contains(name)) {
                tools.add(name);
            }
        }
    }

    private static boolean isTool(DebianPackage one) {
        return SECTIONS.contains(one.shortSection()) || one.name().matches(NAMES);
    }

    /** Packages of what is started, and of the libraries of programs that are no package's. */
    private static Set<String> atRunTime(Inspection image) {
        Set<String> packages = new TreeSet<>();
        MergedFileSystem files = image.files();
        DebianPackages debian = image.contents().debian();
        Set<String> names = image.running().names();
        for (int i : image.contents().programs().toArray()) {
            ElfFacts elf = image.contents().elf(i);
            if (elf == null) {
                continue;
            }
            String path = files.path(i);
            String owner = debian.of(i);
            boolean started = names.contains(path.substring(path.lastIndexOf('/') + 1));
            if (owner != null && started) {
                packages.add(owner);
            }
            if (owner == null && (image.running().has(i) || image.trees().buildOf(path) == null)) {
                for (int library : image.contents().linker().links(i, elf).libraries()) {
                    String needed = debian.of(library);
                    if (needed != null) {
                        packages.add(needed);
                    }
                }
            }
        }
        return packages;
    }

    /** Whether a package is itself such a tool, not only needed by one. */
    boolean isTool(String name) {
        DebianPackage one = installed.get(name);
        return one != null && isTool(one);
    }

    boolean has(String name) {
        return tools.contains(name);
    }

    /** Whether the package holds what compilers read: headers, static libraries. */
    static boolean isDevelopment(DebianPackage one) {
        return one.shortSection().equals("libdevel") || one.name().endsWith("-dev");
    }
}

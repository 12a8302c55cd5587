package io.github.bitnetmaven.configuration;

import io.github.bitnetmaven.configuration.BackendSettings.CompileIn;
import io.github.bitnetmaven.configuration.BackendSettings.DirectoryOrigin;
import io.github.bitnetmaven.configuration.BackendSettings.GitOrigin;
import io.github.bitnetmaven.configuration.BackendSettings.Kernels;
import io.github.bitnetmaven.configuration.BackendSettings.Linkage;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** The options of {@code <backend>}. */
final class BackendOptions {
    private static final String DEFAULT_URL = "https://github.com/microsoft/BitNet.git";
    private static final Pattern REVISION = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._/+-]{0,254}");
    /** The transports that cannot run a command of the URL's choice; git's own short form for ssh is one of them. */
    private static final Pattern URL = Pattern.compile(
            "(?:https?|ssh|git|file)://[^\\s\\p{Cntrl}]+|[A-Za-z0-9][A-Za-z0-9._-]*@[A-Za-z0-9.-]+:[^\\s\\p{Cntrl}]+");
    private static final Pattern PASSWORD = Pattern.compile("[a-z]+://[^/@]*:[^/]*@.*");
    private static final Pattern EXECUTABLE = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._+-]{0,99}");
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

    private final Configuration configuration;
    private final Problems problems;
    private final BackendParameters element;
    private final Variant variant;

    BackendOptions(Configuration configuration, BackendParameters element, Variant variant) {
        this.configuration = configuration;
        this.problems = configuration.problems();
        this.element = element;
        this.variant = variant;
    }

    BackendSettings settings() {
        Option kernels = configuration.option("<backend><kernels>", "bitnet.backend.kernels", element.kernels);
        Option linkage = configuration.option("<backend><linkage>", "bitnet.backend.linkage", element.linkage);
        Option compileIn =
                configuration.option("<backend><compileIn>", "bitnet.backend.compileIn", element.compileIn);
        return new BackendSettings(
                origin(),
                compileIn.oneOf(CompileIn.class, CompileIn.CONTAINER, problems),
                builderImage(),
                kernels.oneOf(Kernels.class, Kernels.I2_S, problems),
                linkage.oneOf(Linkage.class, Linkage.STATIC, problems),
                executables(),
                cmakeArguments());
    }

    private BackendSettings.Origin origin() {
        Option directory =
                configuration.option("<backend><directory>", "bitnet.backend.directory", element.directory);
        Option url = configuration.option("<backend><git>", "bitnet.backend.git", element.git);
        if (configuration.chosen(List.of(directory, url)).contains(directory)) {
            Path existing = configuration.existing(directory, true);
            return new DirectoryOrigin(existing == null ? Path.of("") : existing);
        }
        if (PASSWORD.matcher(url.or(DEFAULT_URL)).matches()) {
            problems.add(url.name() + " carries a password. Give it to one of git's credential helpers instead, where"
                    + " no log shows it.");
        } else if (!URL.matcher(url.or(DEFAULT_URL)).matches()) {
            url.refuse(problems, "that is not the URL of a git repository (https, http, ssh, git or file)");
        }
        Option revision =
                configuration.option("<backend><revision>", "bitnet.backend.revision", element.revision);
        String wanted = revision.or(Configuration.DEFAULT_REVISION);
        if (!REVISION.matcher(wanted).matches() || wanted.contains("..")) {
            revision.refuse(problems, "that is not a git revision: use the id of a commit, a tag or a branch");
        }
        return new GitOrigin(url.or(DEFAULT_URL), wanted);
    }

    private String builderImage() {
        Option option = configuration.option(
                "<backend><builderImage>", "bitnet.backend.builderImage", element.builderImage);
        ImageReference reference = configuration.reference(option, "debian:bookworm-slim");
        if (reference != null && reference.toString().equals("scratch")) {
            option.refuse(problems, "nothing can be compiled in an empty image: use one of Debian or Ubuntu");
        }
        return reference == null ? "debian:bookworm-slim" : reference.toString();
    }

    private List<String> executables() {
        Option option = configuration.option("<backend><executables>", "bitnet.backend.executables", null);
        List<String> executables = configuration.words(option, element.executables).stream().distinct().toList();
        for (String executable : executables) {
            if (!EXECUTABLE.matcher(executable).matches()) {
                problems.add(option.name() + " names '" + Problems.printable(executable)
                        + "', but a CMake target holds only letters, digits, '_', '.', '+' and '-'.");
            }
        }
        return executables.isEmpty() ? variant.defaultExecutables() : executables;
    }

    private List<String> cmakeArguments() {
        Option option = configuration.option("<backend><cmakeArguments>", "bitnet.backend.cmakeArguments", null);
        ArgumentList list = element.cmakeArguments == null ? new ArgumentList() : element.cmakeArguments;
        if (option.isSet()) {
            list = new ArgumentList();
            list.set(option.or(""));
        }
        for (String argument : list.arguments()) {
            if (argument == null || argument.isBlank() || CONTROL.matcher(argument).find()) {
                problems.add(option.name() + " holds '" + Problems.printable(argument == null ? "" : argument)
                        + "', but an argument must not be empty or hold control characters such as line ends.");
                return List.of();
            }
        }
        return list.arguments();
    }
}

package io.github.bitnetmaven.backend;

import io.github.bitnetmaven.progress.Progress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Fetches one revision of a repository, with its submodules, into an empty directory. Uses the git on the PATH. */
final class GitCheckout {
    private static final Pattern PERCENT = Pattern.compile("(?:remote: )?([A-Z][a-z]+(?: [a-z]+)*): +(\\d{1,3})% .*");
    private static final Pattern USER_INFO = Pattern.compile("(://)[^/@\\s]*@");
    private static final String OTHER_WAY = "Check the network and its proxy, or set <backend><directory>"
            + " (-Dbitnet.backend.directory) to a source tree on this machine.";

    static final Pattern FULL_ID = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");

    private final String url;
    private final Path directory;
    private final Progress progress;
    private final CommandLine commandLine;

    GitCheckout(String url, Path directory, Duration silence, Progress progress) {
        this.url = url;
        this.directory = directory;
        this.progress = progress;
        // A password that is missing is an error, not a question; messages are recognized in English.
        this.commandLine = new CommandLine(
                directory,
                Map.of("GIT_TERMINAL_PROMPT", "0", "GIT_LFS_SKIP_SMUDGE", "1", "LC_ALL", "C"),
                silence);
    }

    /** The URL without user name and password. */
    static String shown(String url) {
        return USER_INFO.matcher(url).replaceAll("$1");
    }

    /** The full id of a branch or tag of the repository; empty when it has none of that name. */
    String resolve(String revision) throws BackendException {
        CommandLine.Outcome outcome = git(
                "Asking " + shown(url) + " for " + revision,
                List.of("ls-remote", "--", url, "refs/heads/" + revision, "refs/tags/" + revision,
                        "refs/tags/" + revision + "^{}"));
        if (outcome.failed()) {
            throw failure(revision, outcome);
        }
        String id = "";
        for (String line : outcome.lines()) {
            String[] words = line.split("\\s+");
            // The last line is that of the commit which an annotated tag points at.
            if (words.length == 2 && FULL_ID.matcher(words[0]).matches()) {
                id = words[0];
            }
        }
        return id;
    }

    /** Fetches a revision: a full id or the beginning of one. Returns the full id. */
    String fetch(String revision) throws BackendException {
        must(revision, List.of("init", "--quiet"));
        must(revision, List.of("remote", "add", "origin", url));
        String what = "Fetching " + shown(url) + " at " + revision;
        boolean fetched = FULL_ID.matcher(revision).matches()
                && !git(what, List.of("fetch", "--progress", "--no-tags", "--depth", "1", "origin", revision)).failed();
        if (!fetched) {
            // Some servers give branches and tags only, and none knows an abbreviated id: take the whole history.
            CommandLine.Outcome all = git(what, List.of("fetch", "--progress", "--tags", "origin"));
            if (all.failed()) {
                throw failure(revision, all);
            }
        }
        CommandLine.Outcome checkout = git(what, List.of("checkout", "--quiet", "--detach", revision, "--"));
        if (checkout.failed()) {
            throw new BackendException(shown(url) + " has no revision " + revision + ". Set <backend><revision>"
                    + " (-Dbitnet.backend.revision) to the id of a commit, a tag or a branch of it.");
        }
        String head = must(revision, List.of("rev-parse", "HEAD")).lastLine().strip();
        if (!head.startsWith(revision)) {
            throw new BackendException("git checked out " + head + " instead of " + revision + " of " + shown(url)
                    + ". Set <backend><revision> (-Dbitnet.backend.revision) to the full id of a commit.");
        }
        submodules(revision);
        return head;
    }

    private void submodules(String revision) throws BackendException {
        if (!Files.isRegularFile(directory.resolve(".gitmodules"))) {
            return;
        }
        must(revision, List.of("submodule", "--quiet", "sync", "--recursive"));
        String what = "Fetching the submodules of " + shown(url);
        List<String> update = List.of("submodule", "update", "--init", "--recursive", "--progress");
        List<String> shallow = new ArrayList<>(update);
        shallow.addAll(List.of("--depth", "1"));
        CommandLine.Outcome outcome = git(what, shallow);
        if (outcome.failed()) {
            outcome = git(what, update);
        }
        if (outcome.failed()) {
            throw new BackendException("The submodules of " + shown(url) + " at " + revision + " cannot be fetched: "
                    + shown(cause(outcome)) + ". Fetch the tree by other means and set <backend><directory>"
                    + " (-Dbitnet.backend.directory) to it.");
        }
        for (String line : must(revision, List.of("submodule", "status", "--recursive")).lines()) {
            // '-' is not initialized, '+' another commit than the tree names, 'U' in conflict.
            if (!line.startsWith(" ")) {
                throw new BackendException("A submodule of " + shown(url) + " at " + revision
                        + " is not at the commit that it should be at: " + line.strip() + ".");
            }
        }
    }

    private CommandLine.Outcome must(String revision, List<String> arguments) throws BackendException {
        CommandLine.Outcome outcome = git("", arguments);
        if (outcome.failed()) {
            throw failure(revision, outcome);
        }
        return outcome;
    }

    private CommandLine.Outcome git(String what, List<String> arguments) throws BackendException {
        boolean local = url.startsWith("file:") || url.startsWith("/");
        List<String> command = new ArrayList<>(List.of(
                "git",
                "-c", "protocol.ext.allow=never",
                // A submodule on this machine's disk is only for a repository that is there too.
                "-c", "protocol.file.allow=" + (local ? "always" : "user"),
                "-c", "core.hooksPath=/dev/null",
                "-c", "core.autocrlf=false",
                "-c", "gc.auto=0",
                "-c", "init.templateDir=",
                "-c", "init.defaultBranch=main",
                "-c", "advice.detachedHead=false"));
        command.addAll(arguments);
        if (what.isEmpty()) {
            return commandLine.run(command, line -> {});
        }
        try (Progress.Task task = progress.start(what, 100, Progress.Unit.PERCENT)) {
            return commandLine.run(command, line -> {
                Matcher matcher = PERCENT.matcher(line);
                // Receiving is nearly all of the time; the other phases would make the bar jump.
                if (matcher.matches() && matcher.group(1).startsWith("Receiving")) {
                    task.at(Long.parseLong(matcher.group(2)));
                }
            });
        }
    }

    /** Git's first complaint: what follows it, such as "aborting", only says that it gave up. */
    private static String cause(CommandLine.Outcome outcome) {
        return outcome.lines().stream()
                .filter(line -> line.startsWith("fatal: "))
                .findFirst()
                .orElse(outcome.lastLine());
    }

    private BackendException failure(String revision, CommandLine.Outcome outcome) {
        String output = outcome.text();
        String host = shown(url);
        if (outcome.exitCode() == -1) {
            return new BackendException("git got no answer from " + host + " for "
                    + commandLine.silence().toSeconds() + " seconds. " + OTHER_WAY);
        }
        if (output.contains("Authentication failed")
                || output.contains("could not read Username")
                || output.contains("Permission denied")) {
            return new BackendException(host + " asks for a login, or does not exist. Check <backend><git>"
                    + " (-Dbitnet.backend.git), or give git's credential helper a login for it.");
        }
        if (output.contains("Could not resolve host")
                || output.contains("unable to access")
                || output.contains("Connection")
                || output.contains("timed out")) {
            return new BackendException(host + " cannot be reached: " + shown(cause(outcome)) + ". " + OTHER_WAY);
        }
        if (output.contains("does not appear to be a git repository") || output.contains("not found")) {
            return new BackendException(
                    "There is no git repository at " + host + ". Check <backend><git> (-Dbitnet.backend.git).");
        }
        return new BackendException("git cannot fetch " + revision + " of " + host + ": "
                + shown(cause(outcome)) + ". " + OTHER_WAY);
    }
}

package io.github.bitnetmaven.dockerfile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.bitnetmaven.BitnetException;
import io.github.bitnetmaven.configuration.ConfigurationException;
import io.github.bitnetmaven.engine.Engine;
import io.github.bitnetmaven.engine.EngineException;
import io.github.bitnetmaven.progress.Progress;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Finds out, by running it, whether an image has a Python that the server runs on. */
final class PythonBase {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String OPTION = "<image><baseImage> (-Dbitnet.baseImage) is ";
    private static final String NEEDED = " The variant python needs a base image with Python 3.11 or later and pip, such as"
            + " python:3.11-slim.";
    private static final int MINOR = 11;
    private static final String QUESTION = "import sys, json, importlib.util as u; print(json.dumps({'major':"
            + " sys.version_info[0], 'minor': sys.version_info[1], 'pip': u.find_spec('pip') is not None}))";
    private static final int MAX_LINES = 20;

    private PythonBase() {}

    /**
     * Refuses a base image without a usable Python; pulls it when the engine has not got it.
     *
     * @throws ConfigurationException when it has no Python, or one that is too old, or no pip
     */
    static void check(String baseImage, Engine engine, Progress progress) throws BitnetException {
        pull(baseImage, engine, progress);
        JsonNode python = ask(baseImage, engine);
        int minor = python.path("minor").asInt();
        if (python.path("major").asInt() != 3 || minor < MINOR) {
            throw new ConfigurationException(OPTION + baseImage + ", but its python3 is Python "
                    + python.path("major").asInt() + "." + minor + "." + NEEDED);
        }
        if (!python.path("pip").asBoolean()) {
            throw new ConfigurationException(OPTION + baseImage
                    + ", but its Python has no pip, which installs the packages while the image is built." + NEEDED);
        }
    }

    /** The refusal of a base image that has no Python. */
    static ConfigurationException without(String baseImage) {
        return new ConfigurationException(OPTION + baseImage + ", but there is no python3 in it." + NEEDED);
    }

    private static void pull(String baseImage, Engine engine, Progress progress) throws BitnetException {
        if (engine.inspectImage(baseImage).isPresent()) {
            return;
        }
        try (Progress.Task task = progress.start("Pulling " + baseImage, -1, Progress.Unit.PERCENT)) {
            engine.pull(baseImage, line -> task.at(0));
        } catch (EngineException e) {
            throw new ContextException(OPTION + baseImage + ", which the engine at " + engine.address()
                    + " has not got. " + e.getMessage().replaceAll("[.]$", "") + ". If it needs a login, pull it first: docker pull "
                    + baseImage, e);
        }
    }

    private static JsonNode ask(String baseImage, Engine engine) throws BitnetException {
        ObjectNode body = JSON.createObjectNode();
        body.put("Image", baseImage).put("NetworkDisabled", true);
        body.putArray("Entrypoint").add("python3").add("-c").add(QUESTION);
        body.putArray("Cmd");
        List<String> lines = new ArrayList<>();
        String container = engine.createContainer(null, body);
        try {
            start(container, baseImage, engine);
            engine.followLogs(container, line -> {
                if (lines.size() < MAX_LINES) {
                    lines.add(line);
                }
            });
        } finally {
            engine.removeContainer(container, 0);
        }
        for (String line : lines) {
            try {
                JsonNode answer = JSON.readTree(line);
                if (answer.has("major")) {
                    return answer;
                }
            } catch (IOException e) {
                // A word of the base's own; the answer may follow.
                continue;
            }
        }
        throw new ConfigurationException(OPTION + baseImage + ", but its python3 does not run: "
                + (lines.isEmpty() ? "it printed nothing" : DockerfileText.printable(lines.get(lines.size() - 1))) + "."
                + NEEDED);
    }

    private static void start(String container, String baseImage, Engine engine) throws BitnetException {
        try {
            engine.startContainer(container);
        } catch (EngineException e) {
            String message = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
            if (message.contains("executable file not found") || message.contains("no such file or directory")) {
                throw without(baseImage);
            }
            throw e;
        }
    }
}

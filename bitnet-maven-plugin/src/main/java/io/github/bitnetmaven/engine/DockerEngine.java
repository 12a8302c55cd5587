package io.github.bitnetmaven.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The engine's HTTP API, in the version that the engine itself names. Safe for use by several threads. */
public final class DockerEngine implements Engine {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern API_VERSION = Pattern.compile("[0-9]{1,3}\\.[0-9]{1,3}");
    private static final Pattern CONTAINER_ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,254}");

    private final EngineAddress address;
    private final EngineHttp http;
    private final JsonNode version;
    private final String api;

    private DockerEngine(EngineAddress address, EngineHttp http, JsonNode version, String api) {
        this.address = address;
        this.http = http;
        this.version = version;
        this.api = api;
    }

    /** Asks the engine for its version; fails with what to do when none answers. */
    public static DockerEngine connect(EngineAddress address) throws EngineException {
        return connect(address, EngineTimeouts.defaults());
    }

    public static DockerEngine connect(EngineAddress address, EngineTimeouts timeouts) throws EngineException {
        EngineHttp http = new EngineHttp(address, timeouts);
        try (EngineResponse response = http.send("GET", "/version", null)) {
            JsonNode version = response.expectSuccess().json();
            String api = version.path("ApiVersion").asText("");
            if (!API_VERSION.matcher(api).matches()) {
                throw new EngineException("What answers at " + address + " (" + address.origin() + ") is not a Docker"
                        + " engine: it names no API version. Check docker.host or DOCKER_HOST.");
            }
            return new DockerEngine(address, http, version, "/v" + api);
        }
    }

    @Override
    public String address() {
        return address.toString();
    }

    @Override
    public String host() {
        return address.host();
    }

    @Override
    public boolean isLocal() {
        return address.isLocal();
    }

    @Override
    public JsonNode version() {
        return version;
    }

    @Override
    public Optional<JsonNode> inspectImage(String reference) throws EngineException {
        try (EngineResponse response = get("/images/" + Reference.encoded(reference) + "/json")) {
            if (response.status() == 404) {
                return Optional.empty();
            }
            return Optional.of(response.expectSuccess().json());
        }
    }

    @Override
    public JsonNode history(String reference) throws EngineException {
        try (EngineResponse response = get("/images/" + Reference.encoded(reference) + "/history")) {
            return found(response, reference).json();
        }
    }

    @Override
    public InputStream saveImage(String reference) throws EngineException {
        String path = api + "/images/" + Reference.encoded(reference) + "/get";
        return found(http.getArchive(path, http.timeouts().stream()), reference).stream();
    }

    @Override
    public void tag(String id, String reference) throws EngineException {
        String[] target = Reference.nameAndTag(reference);
        String path = "/images/" + Reference.encoded(id) + "/tag?repo=" + Reference.encoded(target[0])
                + "&tag=" + query(target[1]);
        try (EngineResponse response = post(path, null)) {
            found(response, id);
        }
    }

    @Override
    public void untag(String reference) throws EngineException {
        JsonNode image = inspectImage(reference).orElseThrow(() -> noSuchImage(reference));
        requireTag(image, reference);
        if (image.path("RepoTags").size() < 2) {
            throw new EngineException("The tag " + reference + " stays: it is the last one of its image, which would"
                    + " be deleted with it.");
        }
        // Somebody else may take away the other tags just now: the engine's answer tells.
        for (JsonNode change : delete(reference, true)) {
            if (change.has("Deleted")) {
                throw new EngineException("The image of " + reference + " is gone: its other tags were taken away"
                        + " while this one was. Build it again.");
            }
        }
    }

    @Override
    public void removeImage(String reference) throws EngineException {
        Optional<JsonNode> image = inspectImage(reference);
        if (image.isPresent()) {
            requireTag(image.get(), reference);
            delete(reference, false);
        }
    }

    @Override
    public boolean removeDangling(String id) throws EngineException {
        Optional<JsonNode> image = inspectImage(id);
        if (image.isEmpty() || !image.get().path("RepoTags").isEmpty()) {
            return false;
        }
        String fullId = image.get().path("Id").asText();
        String path = "/images/" + Reference.encoded(fullId) + "?force=false";
        try (EngineResponse response = stream("DELETE", path, http.timeouts().stream())) {
            // Conflict: a container uses it, or it has children, or it got a tag since.
            if (response.status() == 404 || response.status() == 409) {
                return false;
            }
            response.expectSuccess();
            return true;
        }
    }

    @Override
    public String build(String reference, String dockerfile, ContextWriter context, Consumer<String> onLine)
            throws EngineException {
        String path = api + "/build?t=" + Reference.encoded(reference) + "&dockerfile=" + query(dockerfile)
                + "&rm=1&forcerm=1";
        BuildOutput output = new BuildOutput(onLine);
        try (EngineResponse response =
                http.send("POST", path, RequestBody.tar(context), http.timeouts().stream())) {
            output.read(response.expectSuccess().stream());
        } catch (IOException e) {
            throw new EngineException("The build of " + reference + " broke off: " + e.getMessage()
                    + output.lastLines(), e);
        } catch (EngineException e) {
            if (e.getCause() instanceof RequestBody.Failure failure) {
                throw new EngineException("The build context of " + reference + " could not be written: "
                        + Printable.line(String.valueOf(failure.getCause().getMessage())), failure.getCause());
            }
            throw e;
        }
        if (output.error() != null) {
            throw new EngineException("The build of " + reference + " failed: " + output.error()
                    + output.lastLines());
        }
        String id = output.imageId();
        return id != null
                ? id
                : inspectImage(reference).orElseThrow(() -> noSuchImage(reference)).path("Id").asText();
    }

    @Override
    public void pull(String reference, Consumer<String> onLine) throws EngineException {
        // A tag is part of the name here: without one, the engine would pull all of them.
        String name = reference.contains("@") ? reference : String.join(":", Reference.nameAndTag(reference));
        BuildOutput output = new BuildOutput(onLine);
        String path = api + "/images/create?fromImage=" + Reference.encoded(name);
        try (EngineResponse response =
                http.send("POST", path, null, http.timeouts().stream())) {
            output.read(response.expectSuccess().stream());
        } catch (IOException e) {
            throw new EngineException("The pull of " + reference + " broke off: " + e.getMessage(), e);
        }
        if (output.error() != null) {
            throw new EngineException("The pull of " + reference + " failed: " + output.error());
        }
    }

    @Override
    public String createContainer(@Nullable String name, JsonNode body) throws EngineException {
        String path = "/containers/create" + (name == null ? "" : "?name=" + query(name));
        try (EngineResponse response = post(path, body)) {
            return found(response, body.path("Image").asText()).json().path("Id").asText();
        }
    }

    @Override
    public void startContainer(String id) throws EngineException {
        try (EngineResponse response = post(container(id, "/start"), null)) {
            response.expectSuccess();
        }
    }

    @Override
    public JsonNode inspectContainer(String id) throws EngineException {
        try (EngineResponse response = get(container(id, "/json"))) {
            return response.expectSuccess().json();
        }
    }

    @Override
    public JsonNode runningContainers(String label) throws EngineException {
        JsonNode filters = JSON.createObjectNode().set("label", JSON.createArrayNode().add(label));
        try (EngineResponse response = get("/containers/json?filters=" + query(filters.toString()))) {
            return response.expectSuccess().json();
        }
    }

    @Override
    public InputStream copyFromContainer(String id, String path) throws EngineException {
        String request = container(id, "/archive?path=" + query(path));
        return stream("GET", request, http.timeouts().stream()).expectSuccess().stream();
    }

    @Override
    public void followLogs(String id, Consumer<String> onLine) throws EngineException {
        readLog("GET", id, "/logs?stdout=1&stderr=1&follow=1", Duration.ZERO, onLine);
    }

    @Override
    public void attach(String id, Consumer<String> onLine) throws EngineException {
        readLog("POST", id, "/attach?stdout=1&stderr=1&stream=1", Duration.ZERO, onLine);
    }

    @Override
    public void lastLogs(String id, int lines, Consumer<String> onLine) throws EngineException {
        readLog("GET", id, "/logs?stdout=1&stderr=1&tail=" + lines, http.timeouts().answer(), onLine);
    }

    @Override
    public JsonNode stats(String id) throws EngineException {
        try (EngineResponse response = get(container(id, "/stats?stream=false&one-shot=true"))) {
            return response.expectSuccess().json();
        }
    }

    @Override
    public void removeContainer(String id, int graceSeconds) throws EngineException {
        Duration patience = http.timeouts().answer().plusSeconds(graceSeconds);
        try (EngineResponse response = stream("POST", container(id, "/stop?t=" + graceSeconds), patience)) {
            if (response.status() == 404) {
                return;
            }
            // Whatever kept it from stopping: the removal kills it.
        }
        try (EngineResponse response = stream("DELETE", container(id, "?v=1&force=1"), patience)) {
            if (response.status() == 404 || response.status() == 409) {
                // Gone, or somebody (--rm) is already removing it.
                return;
            }
            response.expectSuccess();
        }
    }

    private void readLog(String method, String id, String request, Duration idle, Consumer<String> onLine)
            throws EngineException {
        boolean terminal = inspectContainer(id).path("Config").path("Tty").asBoolean(false);
        try (EngineResponse response = stream(method, container(id, request), idle).expectSuccess()) {
            LogFrames.read(response.stream(), terminal, onLine);
        } catch (IOException e) {
            throw new EngineException("The log of the container " + id + " broke off: " + e.getMessage(), e);
        }
    }

    private JsonNode delete(String reference, boolean keepParents) throws EngineException {
        String path = "/images/" + Reference.encoded(reference) + "?force=false&noprune=" + keepParents;
        try (EngineResponse response = stream("DELETE", path, http.timeouts().stream())) {
            return found(response, reference).json();
        }
    }

    private EngineResponse get(String path) throws EngineException {
        return http.send("GET", api + path, null);
    }

    private EngineResponse post(String path, @Nullable JsonNode body) throws EngineException {
        return http.send("POST", api + path, body);
    }

    private EngineResponse stream(String method, String path, Duration idle) throws EngineException {
        return http.send(method, api + path, null, idle);
    }

    private EngineResponse found(EngineResponse response, String reference) throws EngineException {
        if (response.status() == 404) {
            response.close();
            throw noSuchImage(reference);
        }
        return response.expectSuccess();
    }

    private EngineException noSuchImage(String reference) {
        return new EngineException("There is no image " + reference + " on the Docker engine at " + address
                + ". Build or pull it first.");
    }

    private static void requireTag(JsonNode image, String reference) throws EngineException {
        String wanted = Reference.canonical(reference);
        for (JsonNode tag : image.path("RepoTags")) {
            if (Reference.canonical(tag.asText()).equals(wanted)) {
                return;
            }
        }
        throw new EngineException("'" + reference + "' is an id or a digest, not a tag, and cannot be taken away.");
    }

    private static String container(String id, String rest) throws EngineException {
        if (!CONTAINER_ID.matcher(id).matches()) {
            throw new EngineException("'" + Printable.line(id) + "' is not the name or the id of a container.");
        }
        return "/containers/" + id + rest;
    }

    private static String query(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}

package io.github.bitnetmaven.audit.history;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.bitnetmaven.audit.component.Component;
import io.github.bitnetmaven.audit.file.AuditFileException;
import io.github.bitnetmaven.audit.json.Fields;
import io.github.bitnetmaven.audit.json.Json;
import io.github.bitnetmaven.audit.json.SizesJson;
import io.github.bitnetmaven.audit.verdict.Outcome;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A history on disk, schema {@code bitnet-history/1}: JSON, an audit on each line, so that git merges two branches with
 * {@code merge=union}.
 */
public record HistoryFile(Path file) {
    private static final String SCHEMA = "bitnet-history/1";
    private static final int MAXIMUM_LINE = 1 << 16;
    private static final int MAXIMUM_LINES = 100_000;

    /**
     * Reads the history that is kept; none is empty.
     *
     * @param file null when none is kept
     */
    public static History read(@Nullable Path file) throws AuditFileException {
        return file == null ? History.empty() : new HistoryFile(file).read();
    }

    /**
     * Reads all of it; a file that is not there is empty.
     *
     * @throws AuditFileException when a line is none; only the last one may be cut off
     */
    public History read() throws AuditFileException {
        if (!Files.exists(file)) {
            return History.empty();
        }
        List<HistoryEntry> entries = new ArrayList<>();
        int number = 1;
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            for (int c = in.read(); c >= 0; c = in.read()) {
                if (c != '\n') {
                    line.write(c);
                    if (line.size() > MAXIMUM_LINE) {
                        throw new IOException("it is longer than " + MAXIMUM_LINE + " bytes");
                    }
                } else if (number > MAXIMUM_LINES) {
                    throw new IOException("there are more than " + MAXIMUM_LINES + " lines");
                } else {
                    add(line, entries);
                    line.reset();
                    number++;
                }
            }
            return new History(entries, line.size() > 0 && !lastOne(line, entries));
        } catch (IOException e) {
            throw new AuditFileException("Line " + number + " of the history " + file + " cannot be read: "
                    + Json.reason(e) + ". Correct or remove the line.", e);
        }
    }

    private static void add(ByteArrayOutputStream line, List<HistoryEntry> entries) throws IOException {
        String text = line.toString(StandardCharsets.UTF_8);
        if (!text.isBlank()) {
            entries.add(entry(text));
        }
    }

    /** A last line without its end is whole, or was cut off when a machine went down. */
    private static boolean lastOne(ByteArrayOutputStream line, List<HistoryEntry> entries) throws IOException {
        try {
            add(line, entries);
            return true;
        } catch (JsonProcessingException e) {
            return false;
        }
    }

    /**
     * Adds an audit, unless the very same is there. A line that was cut off is removed first.
     *
     * @return whether it was added
     */
    public boolean append(HistoryEntry entry) throws AuditFileException {
        History history = read();
        if (history.entries().contains(entry)) {
            return false;
        }
        try {
            Path parent = file.toAbsolutePath().getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            try (FileChannel channel = FileChannel.open(
                            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
                    FileLock lock = channel.lock()) {
                long end = history.torn() ? lastLineEnd(channel) : channel.size();
                channel.truncate(end);
                boolean open = end > 0 && byteAt(channel, end - 1) != '\n';
                ByteBuffer line = ByteBuffer.wrap(((open ? "\n" : "") + line(entry)).getBytes(StandardCharsets.US_ASCII));
                channel.position(end);
                while (line.hasRemaining()) {
                    channel.write(line);
                }
                channel.force(true);
                return lock.isValid();
            }
        } catch (IOException e) {
            throw new AuditFileException("The history " + file + " cannot be written: " + Json.reason(e)
                    + ". Name another file with <history> (-Dbitnet.history).", e);
        }
    }

    private static long lastLineEnd(FileChannel channel) throws IOException {
        long at = channel.size();
        while (at > 0 && byteAt(channel, at - 1) != '\n') {
            at--;
        }
        return at;
    }

    private static int byteAt(FileChannel channel, long position) throws IOException {
        ByteBuffer one = ByteBuffer.allocate(1);
        return channel.read(one, position) < 1 ? -1 : one.get(0);
    }

    private static String line(HistoryEntry entry) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = Json.generator(out)) {
            json.setPrettyPrinter(new MinimalPrettyPrinter(""));
            json.writeStartObject();
            json.writeStringField("schema", SCHEMA);
            json.writeStringField("revision", entry.revision());
            json.writeStringField("time", entry.time().toString());
            json.writeStringField("image", entry.image());
            json.writeStringField("id", entry.id());
            json.writeStringField("platform", entry.platform());
            json.writeStringField("outcome", entry.outcome().id());
            SizesJson.write("sizes", entry.sizes(), json);
            json.writeNumberField("ownBytes", entry.ownBytes());
            json.writeNumberField("baseBytes", entry.baseBytes());
            json.writeArrayFieldStart("components");
            for (Component component : entry.components()) {
                json.writeStartObject();
                json.writeStringField("name", component.name());
                json.writeNumberField("bytes", component.bytes());
                json.writeNumberField("fileCount", component.fileCount());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
            json.writeRaw('\n');
        }
        return out.toString(StandardCharsets.US_ASCII);
    }

    private static HistoryEntry entry(String line) throws IOException {
        JsonNode node = new ObjectMapper().readTree(line);
        if (!node.path("schema").asText("").equals(SCHEMA)) {
            throw new IOException("its schema is not " + SCHEMA);
        }
        try {
            return new HistoryEntry(
                    Fields.text(node, "revision"),
                    Instant.parse(Fields.text(node, "time")),
                    Fields.text(node, "image"),
                    Fields.optional(node, "id"),
                    Fields.optional(node, "platform"),
                    Fields.constant(Outcome.class, node, "outcome"),
                    SizesJson.read(node.path("sizes")),
                    Fields.number(node, "ownBytes"),
                    Fields.number(node, "baseBytes"),
                    Fields.items(node, "components", component -> new Component(
                            Fields.text(component, "name"),
                            Fields.number(component, "bytes"),
                            Fields.number(component, "fileCount"))));
        } catch (DateTimeException e) {
            throw new IOException("'time' is no time");
        }
    }
}

package io.github.bitnetmaven.smoke;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.bitnetmaven.audit.json.Json;
import io.github.bitnetmaven.report.format.ReportDirectory;
import io.github.bitnetmaven.report.format.ReportException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;

/** {@code smoke.json}: what a smoke test measured, for scripts that follow start time and speed from build to build. */
public final class SmokeJson {
    private static final String NAME = "smoke.json";
    private static final String SCHEMA = "bitnet-smoke/1";

    private SmokeJson() {}

    /** Removes what an earlier test left, so that it is not taken for this one's. */
    public static void remove(ReportDirectory directory) throws ReportException {
        directory.remove(List.of(NAME));
    }

    /** Writes the file. */
    public static Path write(ReportDirectory directory, String image, SmokeResult result) throws ReportException {
        return directory.write(NAME, out -> write(out, image, result));
    }

    private static void write(OutputStream out, String image, SmokeResult result) throws IOException {
        try (JsonGenerator json = Json.generator(out)) {
            json.useDefaultPrettyPrinter();
            json.writeStartObject();
            json.writeStringField("schema", SCHEMA);
            json.writeObjectFieldStart("image");
            json.writeStringField("name", image);
            json.writeStringField("id", result.imageId());
            json.writeEndObject();
            json.writeNumberField("startMillis", result.startMillis());
            json.writeNumberField("memoryBytes", result.memoryBytes());
            json.writeNumberField("tokensPerSecond", Math.round(result.tokensPerSecond() * 10) / 10.0);
            json.writeNumberField("tokens", result.tokens());
            json.writeStringField("completion", result.completion());
            json.writeStringField("health", result.health());
            json.writeEndObject();
            json.writeRaw('\n');
        }
    }
}

package io.github.bitnetmaven.audit.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;

/** JSON with the same bytes everywhere. All but ASCII is escaped: names in an image may hold half a character. */
public final class Json {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
            .build();

    private Json() {}

    public static JsonGenerator generator(OutputStream out) throws IOException {
        return FACTORY.createGenerator(new OutputStreamWriter(out, StandardCharsets.US_ASCII));
    }

    public static JsonParser parser(InputStream in) throws IOException {
        return FACTORY.createParser(in);
    }

    /** What is wrong, on one line; file system exceptions often have nothing but the path as their message. */
    public static String reason(IOException e) {
        String message = e instanceof JsonProcessingException json ? json.getOriginalMessage() : e.getMessage();
        String first = String.valueOf(message).lines().findFirst().orElse("");
        return e.getClass().equals(IOException.class) ? first : e.getClass().getSimpleName() + " (" + first + ")";
    }
}

package io.github.bitnetmaven.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import org.xml.sax.SAXException;

/** Holds reports against the schemas of those who read them: ours, that of OASIS, and Surefire's. */
final class Schemas {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path DOCS = Path.of("../docs");
    private static final Path SUREFIRE = Path.of("target/schemas/surefire-test-report.xsd");

    private Schemas() {}

    static void audit(Path file) throws IOException {
        assertThat(schema(SpecVersion.VersionFlag.V202012, Files.newInputStream(DOCS.resolve("audit.schema.json")))
                        .validate(JSON.readTree(file.toFile())))
                .isEmpty();
    }

    static void inventory(Path file) throws IOException {
        JsonSchema schema =
                schema(SpecVersion.VersionFlag.V202012, Files.newInputStream(DOCS.resolve("inventory.schema.json")));
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                assertThat(schema.validate(JSON.readTree(line))).isEmpty();
            }
        }
    }

    static void sarif(Path file) throws IOException {
        JsonNode report = JSON.readTree(file.toFile());
        // Packed in the library of its Java types.
        InputStream schema = Schemas.class.getResourceAsStream("/schema/sarif-schema-2.1.0.json");
        assertThat(schema(SpecVersion.VersionFlag.V7, schema).validate(report)).isEmpty();
    }

    static void junit(Path file) throws IOException, SAXException {
        assertThat(SUREFIRE).as("unpacked by the build from Surefire's sources: run it with ./mvnw").exists();
        SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
                .newSchema(SUREFIRE.toFile())
                .newValidator()
                .validate(new StreamSource(file.toFile()));
    }

    private static JsonSchema schema(SpecVersion.VersionFlag version, InputStream schema) throws IOException {
        try (schema) {
            return JsonSchemaFactory.getInstance(version).getSchema(schema);
        }
    }
}

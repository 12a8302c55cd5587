package io.github.bitnetmaven.report.badge;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.github.bitnetmaven.audit.file.RecordedAudit;
import io.github.bitnetmaven.audit.measurement.Sizes;
import io.github.bitnetmaven.configuration.ByteSize;
import io.github.bitnetmaven.report.format.Headline;
import io.github.bitnetmaven.report.format.Report;
import io.github.bitnetmaven.report.format.ReportSettings;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The unpacked size as a picture, and as the JSON that <a href="https://shields.io/badges/endpoint-badge">shields.io</a>
 * makes one of. The colour is the outcome's.
 */
public final class BadgeReport implements Report {
    private static final String SVG = "badge.svg";
    private static final String JSON = "badge.json";
    private static final String LABEL = "image size";
    private static final int PADDING = 6;

    @Override
    public String id() {
        return "badge";
    }

    @Override
    public List<String> files() {
        return List.of(SVG, JSON);
    }

    @Override
    public Draft draft(RecordedAudit audit, ReportSettings settings) {
        return out -> {
            out.file(SVG, stream -> stream.write(svg(audit).getBytes(StandardCharsets.UTF_8)));
            out.file(JSON, stream -> json(audit, stream));
        };
    }

    private static String message(RecordedAudit audit) {
        Sizes sizes = audit.sizes();
        return sizes == null ? "unknown" : ByteSize.print(sizes.unpackedBytes());
    }

    /** Colours with a contrast of at least 4.5 to white text (WCAG 2.1, 1.4.3). */
    private static String colour(RecordedAudit audit) {
        return switch (audit.outcome()) {
            case PASS -> "#2d7d32";
            case WARN -> "#96650a";
            case FAIL -> "#c62828";
            case ERROR -> "#6b6b6b";
        };
    }

    private static String svg(RecordedAudit audit) {
        String message = message(audit);
        String title = escaped(LABEL + ": " + message + " (" + (audit.sizes() == null ? "not audited" : Headline.of(audit)) + ")");
        int left = Math.round(width(LABEL)) + 2 * PADDING;
        int right = Math.round(width(message)) + 2 * PADDING;
        int whole = left + right;
        return """
                <svg xmlns="http://www.w3.org/2000/svg" width="%1$d" height="20" role="img" aria-label="%2$s">
                  <title>%2$s</title>
                  <clipPath id="r"><rect width="%1$d" height="20" rx="3"/></clipPath>
                  <g clip-path="url(#r)">
                    <rect width="%3$d" height="20" fill="#444"/>
                    <rect x="%3$d" width="%4$d" height="20" fill="%5$s"/>
                  </g>
                  <g fill="#fff" font-family="Verdana,DejaVu Sans,Geneva,sans-serif" font-size="11">
                    <text x="%6$d" y="14" textLength="%7$d">%8$s</text>
                    <text x="%9$d" y="14" textLength="%10$d">%11$s</text>
                  </g>
                </svg>
                """
                .formatted(
                        whole, title, left, right, colour(audit),
                        PADDING, left - 2 * PADDING, escaped(LABEL),
                        left + PADDING, right - 2 * PADDING, escaped(message));
    }

    /** About what Verdana takes at 11 px; the text is then set to exactly that length. */
    private static float width(String text) {
        float width = 0;
        for (char c : text.toCharArray()) {
            width += switch (c) {
                case 'i', 'j', 'l', '.', ' ' -> 3.6f;
                case 'm', 'w', 'M', 'G' -> 9f;
                default -> 7f;
            };
        }
        return width;
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
    }

    private static void json(RecordedAudit audit, OutputStream out) throws IOException {
        try (JsonGenerator json = new JsonFactory().createGenerator(out, JsonEncoding.UTF8)) {
            json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            json.writeStartObject();
            json.writeNumberField("schemaVersion", 1);
            json.writeStringField("label", LABEL);
            json.writeStringField("message", message(audit));
            json.writeStringField("color", colour(audit).substring(1));
            json.writeBooleanField("isError", audit.sizes() == null);
            json.writeEndObject();
            json.writeRaw('\n');
        }
    }
}

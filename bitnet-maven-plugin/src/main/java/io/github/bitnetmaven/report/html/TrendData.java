package io.github.bitnetmaven.report.html;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.bitnetmaven.report.trend.Trend;
import io.github.bitnetmaven.report.trend.Trend.Ceiling;
import io.github.bitnetmaven.report.trend.Trend.Point;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The trend, as JSON of the page. It is bounded already. */
final class TrendData {
    private static final int REVISION = 64;

    private final JsonGenerator json;

    TrendData(JsonGenerator json) {
        this.json = json;
    }

    void write(@Nullable Trend trend) throws IOException {
        if (trend == null) {
            json.writeNullField("trend");
            return;
        }
        json.writeObjectFieldStart("trend");
        json.writeBooleanField("knowsBase", trend.knowsBase());
        json.writeNumberField("revisions", trend.revisions());
        json.writeNumberField("older", trend.older());
        json.writeNumberField("others", trend.others());
        ceiling(trend.ceiling());
        json.writeArrayFieldStart("points");
        for (Point point : trend.points()) {
            point(point);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void ceiling(@Nullable Ceiling ceiling) throws IOException {
        if (ceiling == null) {
            json.writeNullField("ceiling");
            return;
        }
        json.writeObjectFieldStart("ceiling");
        json.writeStringField("series", ceiling.series().name().toLowerCase(Locale.ROOT));
        json.writeNumberField("bytes", ceiling.bytes());
        json.writeStringField("limit", PageJson.text(ceiling.limit(), REVISION));
        json.writeNumberField("window", ceiling.window());
        json.writeNumberField("from", ceiling.from());
        json.writeEndObject();
    }

    private void point(Point point) throws IOException {
        json.writeStartObject();
        json.writeStringField("revision", point.revision() == null ? null : PageJson.text(point.revision(), REVISION));
        json.writeStringField("time", point.time() == null ? null : point.time().toString());
        json.writeStringField("outcome", point.outcome().id());
        json.writeNumberField("own", point.ownBytes());
        json.writeNumberField("model", point.modelBytes());
        json.writeNumberField("image", point.imageBytes());
        json.writeEndObject();
    }
}

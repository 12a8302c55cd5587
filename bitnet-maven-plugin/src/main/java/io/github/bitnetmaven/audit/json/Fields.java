package io.github.bitnetmaven.audit.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The fields of an object that somebody else may have written: what is missing or wrong is told by its name. */
public final class Fields {
    private Fields() {}

    /** Reads an item of an array. */
    public interface Item<T> {
        T read(JsonNode node) throws IOException;
    }

    /** The items of an array; none where it is missing. */
    public static <T> List<T> items(JsonNode parent, String name, Item<T> each) throws IOException {
        List<T> items = new ArrayList<>();
        for (JsonNode node : parent.path(name)) {
            items.add(each.read(node));
        }
        return items;
    }

    public static String text(JsonNode node, String name) throws IOException {
        String text = optional(node, name);
        if (text == null) {
            throw new IOException("'" + name + "' is missing");
        }
        return text;
    }

    public static @Nullable String optional(JsonNode node, String name) {
        return node.path(name).isTextual() ? node.path(name).textValue() : null;
    }

    /** A number that is not negative. */
    public static long number(JsonNode node, String name) throws IOException {
        Long number = optionalNumber(node, name);
        if (number == null || number < 0) {
            throw new IOException("'" + name + "' is no number of bytes, files or layers");
        }
        return number;
    }

    public static @Nullable Long optionalNumber(JsonNode node, String name) {
        return node.path(name).canConvertToLong() && node.path(name).isIntegralNumber() ? node.path(name).longValue() : null;
    }

    /** A constant, whatever its case and with dashes for underscores. */
    public static <E extends Enum<E>> E constant(Class<E> type, JsonNode node, String name) throws IOException {
        String text = text(node, name).toUpperCase(Locale.ROOT).replace('-', '_');
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equals(text)) {
                return constant;
            }
        }
        throw new IOException("'" + name + "' has a value that is not known");
    }
}

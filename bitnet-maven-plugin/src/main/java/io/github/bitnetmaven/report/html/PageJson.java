package io.github.bitnetmaven.report.html;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import io.github.bitnetmaven.audit.measurement.Instruction;
import io.github.bitnetmaven.audit.measurement.Printable;
import java.io.IOException;
import java.io.Writer;
import org.jspecify.annotations.Nullable;

/**
 * JSON that cannot leave the script element it stands in: nothing but ASCII, and no {@code <}, {@code >} or {@code &}
 * (HTML Living Standard, 4.12.1.3, restrictions for contents of script elements).
 */
final class PageJson {
    /** What a node of the tree takes beside its name, at most: brackets, quotes, bytes and layer or rest. */
    private static final int NODE = 40;

    private static final int NAME = 255;
    private static final int INSTRUCTION = 600;
    private static final int ESCAPED = 6;
    private static final JsonFactory FACTORY =
            JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private PageJson() {}

    static JsonGenerator generator(Writer out) throws IOException {
        return FACTORY.createGenerator(out).setCharacterEscapes(new MarkupEscapes());
    }

    /** A name as it is shown: printable, not endless, and never invisible. */
    static String name(String raw) {
        return text(raw, NAME);
    }

    /** As {@link #name}, with a length of its own. */
    static String text(String raw, int length) {
        String shown = Printable.of(raw, length);
        return shown.isEmpty() ? "(blank)" : shown;
    }

    /** An instruction as it is shown; empty when the image's history does not tell. */
    static String instruction(String createdBy) {
        return Printable.of(Instruction.of(createdBy).text(), INSTRUCTION);
    }

    /**
     * Bytes that a node of the tree takes when it is written, at most.
     *
     * @param shown its name
     */
    static int cost(String shown) {
        int length = NODE;
        for (int i = 0; i < shown.length(); i++) {
            char c = shown.charAt(i);
            length += c > '~' || c == '<' || c == '>' || c == '&' ? ESCAPED : c == '"' || c == '\\' ? 2 : 1;
        }
        return length;
    }

    private static final class MarkupEscapes extends CharacterEscapes {
        private static final long serialVersionUID = 1L;

        private final int[] codes = standardAsciiEscapesForJSON();

        MarkupEscapes() {
            codes['<'] = ESCAPE_STANDARD;
            codes['>'] = ESCAPE_STANDARD;
            codes['&'] = ESCAPE_STANDARD;
        }

        @Override
        public int[] getEscapeCodesForAscii() {
            return codes.clone();
        }

        @Override
        public @Nullable SerializableString getEscapeSequence(int c) {
            return null;
        }
    }
}

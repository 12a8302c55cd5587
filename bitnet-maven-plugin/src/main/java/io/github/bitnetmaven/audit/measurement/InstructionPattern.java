package io.github.bitnetmaven.audit.measurement;

import io.github.bitnetmaven.configuration.ConfigurationException;

/**
 * A pattern over instructions: {@code *} stands for any characters, {@code ?} for one. It may be written against the
 * instruction as the Dockerfile has it ({@code COPY * /app/models/*}), which then matches on every builder, or against
 * what the image's history says, word for word.
 */
public record InstructionPattern(String text) {
    private static final int MAX_LENGTH = 1_000;

    /**
     * @param where XML path of the pattern, for the message
     */
    public static InstructionPattern parse(String text, String where) throws ConfigurationException {
        String shown = Printable.of(text);
        if (shown.isEmpty() || shown.length() > MAX_LENGTH) {
            throw new ConfigurationException(where + " is '" + Printable.of(text, 200) + "', but must have 1 to "
                    + MAX_LENGTH + " characters, such as COPY * /app/models/*.");
        }
        return new InstructionPattern(shown);
    }

    public boolean matches(Instruction instruction) {
        return Wildcards.match(text, instruction.text())
                || Wildcards.match(text, Printable.of(instruction.raw(), 4_000));
    }

    @Override
    public String toString() {
        return text;
    }
}

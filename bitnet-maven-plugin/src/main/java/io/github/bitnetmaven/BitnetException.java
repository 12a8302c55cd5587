package io.github.bitnetmaven;

/**
 * Something kept the plugin from doing its work, or from being sure of it. The message is made of whole sentences: what
 * is wrong, where (XML path, file, layer), what to do. Each package has its own subclass.
 */
public class BitnetException extends Exception {
    private static final long serialVersionUID = 1L;

    public BitnetException(String message) {
        super(message);
    }

    public BitnetException(String message, Throwable cause) {
        super(message, cause);
    }
}

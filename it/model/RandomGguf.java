import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes a small random model that a llama.cpp server loads and answers with: llama architecture, 2 layers, width 256,
 * F32, a vocabulary of bytes and letters; 2.7 MB. It talks nonsense in lower-case letters, as long as it is asked to.
 * Same seed, same bytes.
 *
 * <pre>java RandomGguf.java OUT.gguf [SEED [BYTES]]</pre>
 *
 * BYTES pads the file to that size for benchmarks, with random bytes behind the last tensor: a further tensor would be
 * refused by llama.cpp, which counts them. Format: https://github.com/ggml-org/ggml/blob/master/docs/gguf.md.
 */
public final class RandomGguf {
    private static final int LAYERS = 2;
    private static final int WIDTH = 256;
    private static final int HEADS = 4;
    private static final int KEY_VALUE_WIDTH = 64;
    private static final int FEED_FORWARD = 128;
    private static final int CONTEXT = 2048;
    private static final int ALIGNMENT = 32;
    private static final String LETTERS = "\u2581abcdefghijklmnopqrstuvwxyz";
    private static final String MORE_CHARACTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ01234567";
    private static final int FIRST_LETTER = 3 + 256;
    private static final int VOCABULARY = FIRST_LETTER + LETTERS.length() + MORE_CHARACTERS.length();

    /** Type numbers of metadata values. */
    private static final int UINT32 = 4;

    private static final int INT32 = 5;
    private static final int FLOAT32 = 6;
    private static final int STRING = 8;
    private static final int ARRAY = 9;

    /** Type numbers of tokens. */
    private static final int NORMAL = 1;

    private static final int UNKNOWN = 2;
    private static final int CONTROL = 3;
    private static final int BYTE = 6;

    private final ByteArrayOutputStream header = new ByteArrayOutputStream();
    private long state;

    private record Tensor(String name, int columns, int rows) {
        /** Vectors are weights of norms, which are 1. */
        boolean isNorm() {
            return rows == 0;
        }

        int size() {
            return columns * Math.max(rows, 1);
        }
    }

    private RandomGguf(long seed) {
        this.state = seed;
    }

    public static void main(String[] arguments) throws IOException {
        if (arguments.length < 1 || arguments.length > 3) {
            System.err.println("Usage: java RandomGguf.java OUT.gguf [SEED [BYTES]]");
            System.exit(2);
        }
        Path out = Path.of(arguments[0]).toAbsolutePath();
        long seed = arguments.length > 1 ? Long.parseLong(arguments[1]) : 1;
        long bytes = arguments.length > 2 ? Long.parseLong(arguments[2]) : 0;
        Path part = out.resolveSibling(out.getFileName() + ".part");
        try {
            try (OutputStream stream = new BufferedOutputStream(Files.newOutputStream(part), 1 << 20)) {
                new RandomGguf(seed).write(stream, bytes);
            }
            Files.move(part, out, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private void write(OutputStream out, long bytes) throws IOException {
        List<Tensor> tensors = tensors();
        header.writeBytes("GGUF".getBytes(StandardCharsets.US_ASCII));
        int32(3);
        int64(tensors.size());
        metadata();
        long offset = 0;
        for (Tensor tensor : tensors) {
            string(tensor.name());
            int32(tensor.isNorm() ? 1 : 2);
            int64(tensor.columns());
            if (!tensor.isNorm()) {
                int64(tensor.rows());
            }
            int32(0);
            int64(offset);
            // Every tensor here is a multiple of the alignment.
            offset += 4L * tensor.size();
        }
        header.writeBytes(new byte[(ALIGNMENT - header.size() % ALIGNMENT) % ALIGNMENT]);
        header.writeTo(out);
        for (Tensor tensor : tensors) {
            out.write(values(tensor));
        }
        pad(out, bytes - header.size() - offset);
    }

    private void metadata() {
        int64(22);
        entry("general.architecture", "llama");
        entry("general.name", "random-llama");
        entry("general.file_type", 0);
        entry("general.quantization_version", 2);
        entry("llama.context_length", CONTEXT);
        entry("llama.embedding_length", WIDTH);
        entry("llama.block_count", LAYERS);
        entry("llama.feed_forward_length", FEED_FORWARD);
        entry("llama.attention.head_count", HEADS);
        entry("llama.attention.head_count_kv", HEADS * KEY_VALUE_WIDTH / WIDTH);
        entry("llama.rope.dimension_count", WIDTH / HEADS);
        entry("llama.vocab_size", VOCABULARY);
        key("llama.attention.layer_norm_rms_epsilon", FLOAT32);
        int32(Float.floatToIntBits(1e-5f));
        key("llama.rope.freq_base", FLOAT32);
        int32(Float.floatToIntBits(10000f));
        entry("tokenizer.ggml.model", "llama");
        vocabulary();
        entry("tokenizer.ggml.unknown_token_id", 0);
        entry("tokenizer.ggml.bos_token_id", 1);
        entry("tokenizer.ggml.eos_token_id", 2);
        entry("general.alignment", ALIGNMENT);
    }

    private void vocabulary() {
        key("tokenizer.ggml.tokens", ARRAY);
        int32(STRING);
        int64(VOCABULARY);
        string("<unk>");
        string("<s>");
        string("</s>");
        for (int value = 0; value < 256; value++) {
            string(String.format("<0x%02X>", value));
        }
        (LETTERS + MORE_CHARACTERS).chars().forEach(c -> string(Character.toString(c)));

        key("tokenizer.ggml.scores", ARRAY);
        int32(FLOAT32);
        int64(VOCABULARY);
        for (int token = 0; token < VOCABULARY; token++) {
            int32(Float.floatToIntBits(token < FIRST_LETTER ? 0f : -token));
        }

        key("tokenizer.ggml.token_type", ARRAY);
        int32(INT32);
        int64(VOCABULARY);
        for (int token = 0; token < VOCABULARY; token++) {
            int32(token == 0 ? UNKNOWN : token < 3 ? CONTROL : token < FIRST_LETTER ? BYTE : NORMAL);
        }
    }

    private static List<Tensor> tensors() {
        List<Tensor> tensors = new ArrayList<>();
        tensors.add(new Tensor("token_embd.weight", WIDTH, VOCABULARY));
        for (int layer = 0; layer < LAYERS; layer++) {
            String block = "blk." + layer + ".";
            tensors.add(new Tensor(block + "attn_norm.weight", WIDTH, 0));
            tensors.add(new Tensor(block + "attn_q.weight", WIDTH, WIDTH));
            tensors.add(new Tensor(block + "attn_k.weight", WIDTH, KEY_VALUE_WIDTH));
            tensors.add(new Tensor(block + "attn_v.weight", WIDTH, KEY_VALUE_WIDTH));
            tensors.add(new Tensor(block + "attn_output.weight", WIDTH, WIDTH));
            tensors.add(new Tensor(block + "ffn_norm.weight", WIDTH, 0));
            tensors.add(new Tensor(block + "ffn_gate.weight", WIDTH, FEED_FORWARD));
            tensors.add(new Tensor(block + "ffn_up.weight", WIDTH, FEED_FORWARD));
            tensors.add(new Tensor(block + "ffn_down.weight", FEED_FORWARD, WIDTH));
        }
        tensors.add(new Tensor("output_norm.weight", WIDTH, 0));
        tensors.add(new Tensor("output.weight", WIDTH, VOCABULARY));
        return tensors;
    }

    /**
     * Random weights. The first column is not random where tokens go in and out: it makes every token ask for a letter
     * next, so that an answer is readable text and never ends early.
     */
    private byte[] values(Tensor tensor) {
        ByteBuffer values = ByteBuffer.allocate(4 * tensor.size()).order(ByteOrder.LITTLE_ENDIAN);
        float scale = (float) Math.sqrt(0.1 / tensor.columns());
        for (int i = 0; i < tensor.size(); i++) {
            int token = i / tensor.columns();
            float value = tensor.isNorm() ? 1f : scale * ((next() >>> 40) * 0x1p-23f - 1f);
            if (i % tensor.columns() == 0 && tensor.name().equals("token_embd.weight")) {
                value = 1f;
            } else if (i % tensor.columns() == 0 && tensor.name().equals("output.weight")) {
                boolean letter = token >= FIRST_LETTER && token < FIRST_LETTER + LETTERS.length();
                value = letter ? 2f : -2f;
            }
            values.putFloat(value);
        }
        return values.array();
    }

    private void pad(OutputStream out, long missing) throws IOException {
        ByteBuffer block = ByteBuffer.allocate(1 << 20).order(ByteOrder.LITTLE_ENDIAN);
        for (long left = missing; left > 0; left -= block.capacity()) {
            block.clear();
            while (block.hasRemaining()) {
                block.putLong(next());
            }
            out.write(block.array(), 0, (int) Math.min(left, block.capacity()));
        }
    }

    /** SplitMix64: Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014. */
    private long next() {
        state += 0x9e3779b97f4a7c15L;
        long z = (state ^ state >>> 30) * 0xbf58476d1ce4e5b9L;
        z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
        return z ^ z >>> 31;
    }

    private void entry(String key, String value) {
        key(key, STRING);
        string(value);
    }

    private void entry(String key, int value) {
        key(key, UINT32);
        int32(value);
    }

    private void key(String key, int type) {
        string(key);
        int32(type);
    }

    private void string(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int64(bytes.length);
        header.writeBytes(bytes);
    }

    private void int32(int value) {
        header.writeBytes(
                ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array());
    }

    private void int64(long value) {
        header.writeBytes(
                ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array());
    }
}

package io.github.bitnetmaven.model;

import java.util.Map;

/**
 * Sizes of ggml's tensor types (ggml/include/ggml.h, gguf-py/gguf/constants.py; I2_S, TL1 and TL2 from ggml_nbytes of
 * BitNet's llama.cpp). Mainline llama.cpp uses 39 for MXFP4, which takes more room than TL2: what is said here of 39 is
 * then a lower bound.
 */
final class GgmlType {
    private static final int I2_S = 36;
    private static final int TL1 = 38;
    private static final int TL2 = 39;

    /** Elements in a block, and bytes of it. */
    private record Block(int elements, int bytes) {}

    private static final Map<Integer, Block> BLOCKS = Map.ofEntries(
            Map.entry(0, new Block(1, 4)), // F32
            Map.entry(1, new Block(1, 2)), // F16
            Map.entry(2, new Block(32, 18)), // Q4_0
            Map.entry(3, new Block(32, 20)), // Q4_1
            Map.entry(6, new Block(32, 22)), // Q5_0
            Map.entry(7, new Block(32, 24)), // Q5_1
            Map.entry(8, new Block(32, 34)), // Q8_0
            Map.entry(9, new Block(32, 36)), // Q8_1: 40 in files older than May 2024
            Map.entry(10, new Block(256, 84)), // Q2_K
            Map.entry(11, new Block(256, 110)), // Q3_K
            Map.entry(12, new Block(256, 144)), // Q4_K
            Map.entry(13, new Block(256, 176)), // Q5_K
            Map.entry(14, new Block(256, 210)), // Q6_K
            Map.entry(15, new Block(256, 292)), // Q8_K
            Map.entry(16, new Block(256, 66)), // IQ2_XXS
            Map.entry(17, new Block(256, 74)), // IQ2_XS
            Map.entry(18, new Block(256, 98)), // IQ3_XXS
            Map.entry(19, new Block(256, 50)), // IQ1_S
            Map.entry(20, new Block(32, 18)), // IQ4_NL
            Map.entry(21, new Block(256, 110)), // IQ3_S
            Map.entry(22, new Block(256, 82)), // IQ2_S
            Map.entry(23, new Block(256, 136)), // IQ4_XS
            Map.entry(24, new Block(1, 1)), // I8
            Map.entry(25, new Block(1, 2)), // I16
            Map.entry(26, new Block(1, 4)), // I32
            Map.entry(27, new Block(1, 8)), // I64
            Map.entry(28, new Block(1, 8)), // F64
            Map.entry(29, new Block(256, 56)), // IQ1_M
            Map.entry(30, new Block(1, 2)), // BF16
            Map.entry(31, new Block(32, 18)), // Q4_0_4_4
            Map.entry(32, new Block(32, 18)), // Q4_0_4_8
            Map.entry(33, new Block(32, 18)), // Q4_0_8_8
            Map.entry(34, new Block(256, 54)), // TQ1_0
            Map.entry(35, new Block(256, 66))); // TQ2_0

    private GgmlType() {}

    /**
     * The least number of bytes that a tensor takes; 0 for a type that is not known here.
     *
     * @param dimensions elements in each, the row's width first; none negative
     * @throws ArithmeticException when the product does not fit into a long
     */
    static long bytes(int type, long[] dimensions) {
        long elements = 1;
        for (long dimension : dimensions) {
            elements = Math.multiplyExact(elements, dimension);
        }
        if (elements == 0) {
            return 0;
        }
        return switch (type) {
            case I2_S, TL1 -> elements / 4 + 32; // a scale, padded to 32 bytes, follows the weights
            case TL2 -> tl2Bytes(dimensions);
            default -> {
                Block block = BLOCKS.get(type);
                yield block == null ? 0 : Math.multiplyExact(elements / block.elements(), (long) block.bytes());
            }
        };
    }

    /** 5 bits for 3 weights, but 4 bits for 2 in the last 256 columns; then the scale. */
    private static long tl2Bytes(long[] dimensions) {
        // A tensor without dimensions is a single number.
        long columns = dimensions.length > 0 ? dimensions[0] : 1;
        long rows = dimensions.length > 1 ? dimensions[1] : 1;
        long threes = Math.multiplyExact(Math.max(columns - 256, 0), rows) / 3 * 5 / 8;
        long twos = Math.multiplyExact(Math.min(columns, 256L), rows) / 4;
        return (threes + twos + 31) / 32 * 32 + 32;
    }
}

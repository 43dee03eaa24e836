package dev.penstock.benchmarks.layout;

/** One-byte property types, the same in both layouts. */
final class ValueType {
    static final byte STRING = 1;
    static final byte LONG = 2;
    static final byte DOUBLE = 3;
    static final byte FALSE = 4;
    static final byte TRUE = 5;

    private ValueType() {}
}

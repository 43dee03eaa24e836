package dev.penstock.engine.testing;

/** Throws checked exceptions undeclared, as code of other languages and of code generators does. */
public final class SneakyThrow {

    private SneakyThrow() {}

    /** Throws it, whatever it is; stands where a value is expected. */
    @SuppressWarnings({"TypeParameterUnusedInFormals", "DoNotCallSuggester"})
    public static <T> T of(Throwable thrown) {
        throw SneakyThrow.<RuntimeException>unchecked(thrown);
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <X extends Throwable> X unchecked(Throwable thrown) throws X {
        throw (X) thrown;
    }
}

package dev.penstock.engine.testing;

/** Throws checked exceptions from where none are declared, as code in Kotlin may. */
public final class SlyThrow<E extends Throwable> {

    private SlyThrow() {}

    /**
     * Throws it.
     *
     * @param thrown what to throw
     * @return never, but the compiler is content
     */
    public static RuntimeException of(Throwable thrown) {
        new SlyThrow<RuntimeException>().raise(thrown);
        return new IllegalStateException("not reached");
    }

    @SuppressWarnings("unchecked")
    private void raise(Throwable thrown) throws E {
        throw (E) thrown;
    }
}

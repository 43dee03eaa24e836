package dev.penstock.engine.errors;

import java.util.function.Function;
import java.util.function.Supplier;

/** Calls code of the application's, which may throw anything: an exception about an exception would lose both. */
final class Foreign {

    private static final StackTraceElement[] NO_STACK = {};

    private Foreign() {}

    /** The answer of a call, or what stands for it if it fails, even by errors and by checked exceptions thrown slyly. */
    static <T> T call(Supplier<T> call, Function<Throwable, T> onFailure) {
        try {
            return call.get();
        } catch (Throwable e) {
            return onFailure.apply(e);
        }
    }

    /** An exception's message; empty if it has none. */
    static String message(Throwable thrown) {
        return call(() -> orEmpty(thrown.getMessage()), failure -> failed("getMessage", failure));
    }

    /** The text of any value; empty if it has none. */
    static String text(Object value) {
        return call(() -> orEmpty(String.valueOf(value)), failure -> failed("toString", failure));
    }

    /** An exception's cause, or null. */
    static Throwable cause(Throwable thrown) {
        return call(thrown::getCause, failure -> null);
    }

    /** An exception's stack, the crash first; empty if it has none. */
    static StackTraceElement[] stack(Throwable thrown) {
        StackTraceElement[] stack = call(thrown::getStackTrace, failure -> NO_STACK);
        return stack == null ? NO_STACK : stack;
    }

    private static String orEmpty(String text) {
        return text == null ? "" : text;
    }

    private static String failed(String method, Throwable failure) {
        return "(" + method + "() threw " + failure.getClass().getName() + ")";
    }
}

package dev.penstock.engine.watchdog;

import java.util.List;

/**
 * Where a thread stands.
 *
 * @param frames innermost first; empty if the thread has ended or is not known
 */
record Standstill(List<StackTraceElement> frames) {

    private static final List<String> JDK = List.of("java.", "javax.", "jdk.", "sun.", "com.sun.");

    /** Where a thread is now; the thread may be null. */
    static Standstill of(Thread thread) {
        return new Standstill(thread == null ? List.of() : List.of(thread.getStackTrace()));
    }

    /** The innermost code that is not the JDK's, to be put behind a verb; empty if nothing is known. */
    String where() {
        return frames.stream()
                .filter(frame -> JDK.stream().noneMatch(frame.getClassName()::startsWith))
                .findFirst()
                .or(() -> frames.stream().findFirst())
                .map(frame -> " at " + plain(frame))
                .orElse("");
    }

    /** Without the names of class loader and module. */
    private static StackTraceElement plain(StackTraceElement frame) {
        return new StackTraceElement(
                frame.getClassName(), frame.getMethodName(), frame.getFileName(), frame.getLineNumber());
    }

    /** The whole stack for whoever has asked for details; null if nothing is known. */
    Throwable asCause() {
        if (frames.isEmpty()) {
            return null;
        }
        Exception cause = new Exception("where the thread stands");
        cause.setStackTrace(frames.toArray(new StackTraceElement[0]));
        return cause;
    }
}

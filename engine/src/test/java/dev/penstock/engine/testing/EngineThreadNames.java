package dev.penstock.engine.testing;

import java.util.List;

/**
 * Finds the threads of a client by their names.
 *
 * <p><b>Threads:</b> any.
 */
public final class EngineThreadNames {

    private EngineThreadNames() {}

    /** The names of a client's live threads. */
    public static List<String> alive(String client) {
        String prefix = "penstock-" + client + "-";
        return Thread.getAllStackTraces().keySet().stream()
                .filter(Thread::isAlive)
                .map(Thread::getName)
                .filter(name -> name.startsWith(prefix))
                .sorted()
                .toList();
    }

    /** Fails if a client's threads do not end. */
    public static void assertNone(String client) {
        Await.until(
                () -> alive(client).isEmpty(),
                Await.LONG,
                "all threads of " + client + " end",
                () -> alive(client).toString());
    }
}

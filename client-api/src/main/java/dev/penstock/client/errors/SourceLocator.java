package dev.penstock.client.errors;

import java.util.List;
import java.util.Optional;

/**
 * Finds the source text of a class, so that a stack frame can show the lines around the one that failed.
 *
 * <p>What it throws is taken as not found. Whether it reads a resource or a file, let it keep what it has read: it is
 * asked again for every exception.
 *
 * <p><b>Threads:</b> called on any thread that captures an exception, several at a time, and that thread waits for it.
 * Asked at most once for each class of one event.
 */
@FunctionalInterface
public interface SourceLocator {

    /**
     * The lines of a source file, as they were when the class was compiled.
     *
     * @param className the class's binary name, such as {@code com.acme.Store$Row}
     * @param fileName the file's name without a directory, such as {@code Store.java}
     * @return all lines from the first on, without line ends; empty if there are none
     */
    Optional<List<String>> lines(String className, String fileName);
}

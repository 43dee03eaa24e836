package dev.penstock.benchmarks.report;

import java.io.IOException;
import java.nio.file.Path;

/** A part of the page about one JDK. */
interface Section {
    /**
     * Writes it.
     *
     * @param plots where drawings go; their names begin with that of the JDK
     */
    void write(Page page, JdkResults results, Path plots) throws IOException;
}

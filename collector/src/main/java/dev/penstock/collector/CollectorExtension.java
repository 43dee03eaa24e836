package dev.penstock.collector;

import java.util.Objects;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Runs a {@link Collector} for JUnit 5 tests.
 * <p>
 * In a static field, one collector serves all tests of the class and is reset before each, and started again if a test
 * stopped it; in an instance field, each test has its own. Tests may also take it as a parameter.
 *
 * <pre>{@code
 * @RegisterExtension
 * static final CollectorExtension collectors = new CollectorExtension();
 *
 * @Test
 * void shouldDeliver(Collector collector) {
 *     // ...
 * }
 * }</pre>
 *
 * <b>Threads:</b> one test at a time; tests that run in parallel need a collector each.
 */
public final class CollectorExtension
        implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback, ParameterResolver {
    private final Collector.Builder builder;
    private Collector collector;
    private int classDepth;

    /** Uses default options; also what {@code @ExtendWith} needs. */
    public CollectorExtension() {
        this(Collector.builder());
    }

    /**
     * Uses options.
     *
     * @param builder started once for the class, or once for each test; not to be changed afterwards
     */
    public CollectorExtension(Collector.Builder builder) {
        this.builder = Objects.requireNonNull(builder, "builder");
    }

    /**
     * The running collector.
     *
     * @return never null
     * @throws IllegalStateException outside a test
     */
    public Collector collector() {
        if (collector == null) {
            throw new IllegalStateException("the collector runs during tests only");
        }
        return collector;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        // Nested test classes pass here again.
        if (classDepth++ == 0) {
            collector = builder.start();
        }
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        if (collector == null || collector.isClosed()) {
            collector = builder.start();
            return;
        }
        collector.reset();
        if (!collector.isListening()) {
            collector.restart();
        }
    }

    @Override
    public void afterEach(ExtensionContext context) {
        if (classDepth == 0) {
            end();
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (--classDepth == 0) {
            end();
        }
    }

    private void end() {
        if (collector != null) {
            collector.close();
            collector = null;
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Collector.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return collector();
    }
}

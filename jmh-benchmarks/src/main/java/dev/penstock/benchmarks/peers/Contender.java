package dev.penstock.benchmarks.peers;

import dev.penstock.benchmarks.segment.AnalyticsJava;
import dev.penstock.benchmarks.sink.SinkProcess;
import dev.penstock.benchmarks.support.ReferenceCapture;
import dev.penstock.benchmarks.support.ReferenceCapture.Way;
import dev.penstock.client.Compressor;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.openjdk.jmh.infra.Blackhole;

/** A library and how it is set up; the texts stand in the report. */
public enum Contender {
    /** This library, fluent. */
    PENSTOCK_BUILDER(
            "Penstock, builder",
            "`ringSlots(131_072)`, so that a cold start at full rate fits; else as shipped: gzip by the engine's own"
                    + " compressor, 100 events a batch; registered keys",
            sink -> new PenstockLibrary(sink, Way.BUILDER, UnaryOperator.identity())),

    /** This library, by translator. */
    PENSTOCK_TRANSLATOR(
            "Penstock, translator",
            "the same; registered keys",
            sink -> new PenstockLibrary(sink, Way.TRANSLATOR, UnaryOperator.identity())),

    /** This library, with a map made for the call. */
    PENSTOCK_MAP(
            "Penstock, map",
            "the same; the map is built for the call, as for the libraries that take maps",
            sink -> new PenstockLibrary(sink, Way.MAP, UnaryOperator.identity())),

    /** This library in large batches. */
    PENSTOCK_LARGE(
            "Penstock, batches of 1,000",
            "`maxBatchEvents(1_000)`",
            sink -> new PenstockLibrary(sink, Way.BUILDER, config -> config.maxBatchEvents(1_000))),

    /** This library with zlib. */
    PENSTOCK_ZLIB(
            "Penstock, zlib",
            "`compressor(ZLIB)`",
            sink -> new PenstockLibrary(sink, Way.BUILDER, config -> config.compressor(Compressor.ZLIB))),

    /** This library with zlib in large batches. */
    PENSTOCK_ZLIB_LARGE(
            "Penstock, zlib, batches of 1,000",
            "`compressor(ZLIB)`, `maxBatchEvents(1_000)`",
            sink -> new PenstockLibrary(
                    sink,
                    Way.BUILDER,
                    config -> config.compressor(Compressor.ZLIB).maxBatchEvents(1_000))),

    /** This library without compression. */
    PENSTOCK_PLAIN(
            "Penstock, plain",
            "`compression(false)`",
            sink -> new PenstockLibrary(sink, Way.BUILDER, config -> config.compression(false))),

    /** This library without compression in large batches. */
    PENSTOCK_PLAIN_LARGE(
            "Penstock, plain, batches of 1,000",
            "`compression(false)`, `maxBatchEvents(1_000)`",
            sink -> new PenstockLibrary(
                    sink, Way.BUILDER, config -> config.compression(false).maxBatchEvents(1_000))),

    /** {@code com.posthog:posthog-server} for much traffic. */
    POSTHOG_SERVER(
            "posthog-server",
            "`flushAt` and `maxBatchSize` 1,000, `maxQueueSize` 200,000, `flushIntervalSeconds` 1; flags off. It"
                    + " compresses",
            sink -> new PostHogServerLibrary(sink, PostHogServerLibrary.LARGE_BATCH, PostHogServerLibrary.LARGE_BATCH)),

    /** {@code com.posthog:posthog-server} with the batches it has by default. */
    POSTHOG_SERVER_SMALL(
            "posthog-server, small batches",
            "batches as it has them by default, `flushAt` 20 and `maxBatchSize` 50; otherwise the same",
            sink -> new PostHogServerLibrary(sink, 20, 50)),

    /** {@code com.posthog.java:posthog}. */
    POSTHOG_JAVA(
            "posthog-java", "as it comes, all that waits in one body. It does not compress", PostHogJavaLibrary::new),

    /** {@code com.segment.analytics.java:analytics}. */
    SEGMENT(
            "segment analytics",
            "as it comes, 250 messages a batch, but with a queue of 65,536 and 16 batches before its network thread: without"
                    + " those bounds it takes into memory what it cannot send. It does not compress",
            sink -> new SegmentLibrary(sink, AnalyticsJava.open(sink.host(), false))),

    /** {@code com.segment.analytics.java:analytics} with compression added. */
    SEGMENT_GZIP(
            "segment analytics, gzip added",
            "the same with an OkHttp interceptor that compresses, which its users add themselves",
            sink -> new SegmentLibrary(sink, AnalyticsJava.open(sink.host(), true))),

    /** {@code com.launchdarkly:launchdarkly-java-server-sdk}. */
    LAUNCHDARKLY(
            "launchdarkly track",
            "`capacity` 200,000, `flushInterval` 50 ms, `enableGzipCompression(true)`; no flags, no diagnostics",
            LaunchDarklyLibrary::new),

    /** {@code org.apache.logging.log4j:log4j-core}. */
    LOG4J(
            "log4j2 async logger",
            "all loggers asynchronous, a ring of 262,144 slots so that it is never full, an appender that discards without"
                    + " formatting; a comparison of the call alone",
            sink -> new Log4jLibrary()),

    /** A map that is built and dropped. */
    MAP("(building a map)", "no library: the map of the properties is built and dropped", sink -> {
        Blackhole hole = hole();
        return new Baseline(event -> hole.consume(ReferenceCapture.toMap(event)));
    }),

    /** Nothing. */
    DRAW("(nothing)", "no library: two readings of the clock", sink -> {
        Blackhole hole = hole();
        return new Baseline(hole::consume);
    });

    private final String title;
    private final String setUp;

    @SuppressWarnings("ImmutableEnumChecker") // keeps no state
    private final Function<SinkProcess, CaptureLibrary> opened;

    Contender(String title, String setUp, Function<SinkProcess, CaptureLibrary> opened) {
        this.title = title;
        this.setUp = setUp;
        this.opened = opened;
    }

    /**
     * The one of a name as it stands in a command.
     *
     * @param name in any case
     * @return a contender
     */
    static Contender of(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }

    /**
     * What it is called in tables.
     *
     * @return a few words
     */
    public String title() {
        return title;
    }

    /**
     * How it is set up.
     *
     * @return a sentence without its full stop
     */
    public String setUp() {
        return setUp;
    }

    /**
     * Whether it is this library.
     *
     * @return true if so
     */
    public boolean isOurs() {
        return name().startsWith("PENSTOCK");
    }

    /**
     * Whether what is handed over comes anywhere.
     *
     * @return false for what is only there to be subtracted
     */
    public boolean isLibrary() {
        return this != MAP && this != DRAW;
    }

    /** Opens it. */
    CaptureLibrary open(SinkProcess sink) {
        return opened.apply(sink);
    }

    private static Blackhole hole() {
        return new Blackhole(
                "Today's password is swordfish. I understand instantiating Blackholes directly is dangerous.");
    }
}

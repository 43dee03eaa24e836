package dev.penstock.benchmarks.pipeline;

import dev.penstock.benchmarks.support.Figures;
import dev.penstock.benchmarks.support.Options;
import dev.penstock.client.CaptureClient;
import dev.penstock.client.CaptureClients;
import dev.penstock.client.CaptureResult;
import dev.penstock.client.ClientConfig;
import java.lang.management.ManagementFactory;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * How long until the first capture of a JVM is accepted, and how much does the client hold?
 * <p>
 * <pre>
 * java -cp jmh-benchmarks/target/benchmarks.jar dev.penstock.benchmarks.pipeline.StartUp [--held SECONDS]
 * </pre>
 * One start, in a JVM that has loaded nothing of the library before, from a jar with many others in it. With {@code --held} the
 * heap is looked at after so many seconds, in which what is made beside the start is made: what a collection frees once the
 * client is discarded, without classes and threads' stacks. Exact with {@code -XX:+UseSerialGC -XX:-UseTLAB} only.
 */
public final class StartUp {
    private static final int COLLECTIONS = 3;

    private StartUp() {}

    /**
     * Starts one client and writes the figures.
     *
     * @param args see above
     */
    public static void main(String[] args) throws InterruptedException {
        long began = System.nanoTime();
        CaptureClient client = CaptureClients.create(
                ClientConfig.builder("phc_benchmark").host("http://localhost:9").build());
        long created = System.nanoTime();
        CaptureResult result = client.event("started").distinctId("somebody").send();
        long captured = System.nanoTime();
        if (result != CaptureResult.ACCEPTED) {
            throw new IllegalStateException("the first capture was answered " + result);
        }
        Figures figures = new Figures();
        figures.add("create ms", (created - began) / 1e6);
        figures.add("first capture ms", (captured - began) / 1e6);
        Options options = new Options(args, Set.of("held"));
        if (options.has("held")) {
            TimeUnit.SECONDS.sleep(options.number("held", 3));
            long held = heap();
            client.discard();
            client = null;
            figures.add("held bytes", (double) held - heap());
        } else {
            client.discard();
        }
        figures.write();
    }

    private static long heap() {
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}

package dev.penstock.benchmarks.layout;

import com.sun.management.OperatingSystemMXBean;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.HdrHistogram.Histogram;

/**
 * What do the two slot layouts cost the rest of the process: collections, pauses, tail latency, other threads' CPU?
 * <p>
 * <pre>
 * ./mvnw -pl jmh-benchmarks -am package -DskipTests
 * java -cp jmh-benchmarks/target/benchmarks.jar dev.penstock.benchmarks.layout.SlotLayoutPauses [events/s [seconds]]
 * </pre>
 * Each layout runs in a JVM of its own (G1, 2 GB heap, 256 MB young, all touched at start, so that numbers repeat: the
 * benchmark's settings, asked of no user). One producer with fresh strings keeps a schedule of bursts every 500
 * microseconds, 1,000,000 events a second for 10 s by default, and catches up when it is late; one consumer writes the JSON and
 * parks for a millisecond when the ring is empty. Half as much time again comes before as warm-up.
 * <p>
 * Capture times are of every 8th call, the making of its strings not included, two clock reads (20 to 50 ns) included.
 * Pauses are those the collector logs between two marks. "Other CPU" is what neither of the two threads used: collector,
 * refinement and compiler. The producer spins between bursts and needs one core, the consumer most of another; with less
 * to spare, take the collections and leave the latencies.
 */
public final class SlotLayoutPauses {
    private static final int SLOTS = 65_536;
    private static final int TIMED = 8;
    private static final long BURST_NS = TimeUnit.MICROSECONDS.toNanos(500);
    private static final long PARK_NS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final String BEGIN = "measurement begins";
    private static final String END = "measurement ends";
    private static final Pattern PAUSE = Pattern.compile("Pause (\\w+).* ([0-9.]+)ms");

    private final SlotRing ring;
    private final CoarseClock clock;
    private final SampleEvents events = new SampleEvents(false);
    private volatile boolean stopped;
    private volatile long consumed;
    private long due;
    private long refused;

    private SlotLayoutPauses(String layout) {
        clock = new CoarseClock();
        EventJson json = new EventJson();
        ring = layout.equals("references")
                ? new ReferenceSlotRing(SLOTS, clock, json, 1)
                : new ByteRecordRing(SLOTS, clock, json, 1);
    }

    /**
     * Runs both layouts and prints a table; with a layout as third argument, runs that one in this JVM.
     *
     * @param args events a second, seconds
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        int rate = args.length > 0 ? Integer.parseInt(args[0]) : 1_000_000;
        int seconds = args.length > 1 ? Integer.parseInt(args[1]) : 10;
        if (args.length > 2) {
            new SlotLayoutPauses(args[2]).run(rate, seconds);
            return;
        }
        System.out.printf("JDK %s, %,d events/s for %d s%n", Runtime.version(), rate, seconds);
        Map<String, String> references = fork("references", rate, seconds);
        Map<String, String> records = fork("records", rate, seconds);
        System.out.printf("%n%-28s %14s %14s%n", "", "references", "records");
        references.forEach((name, value) -> System.out.printf("%-28s %14s %14s%n", name, value, records.get(name)));
    }

    private static Map<String, String> fork(String layout, int rate, int seconds)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(System.getProperty("java.home") + File.separator + "bin" + File.separator + "java");
        command.addAll(
                List.of("-XX:+UseG1GC", "-Xms2g", "-Xmx2g", "-Xmn256m", "-XX:+AlwaysPreTouch", "-Xlog:gc:stdout"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), SlotLayoutPauses.class.getName()));
        command.addAll(List.of(Integer.toString(rate), Integer.toString(seconds), layout));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        Map<String, String> results = new LinkedHashMap<>();
        List<String> output = new ArrayList<>();
        boolean measuring = false;
        int young = 0;
        double total = 0;
        double longest = 0;
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                output.add(line);
                Matcher pause = PAUSE.matcher(line);
                if (line.equals(BEGIN)) {
                    measuring = true;
                } else if (line.equals(END)) {
                    measuring = false;
                    results.put("young collections", Integer.toString(young));
                    results.put("pauses, total ms", String.format("%.1f", total));
                    results.put("longest pause, ms", String.format("%.1f", longest));
                } else if (measuring && pause.find()) {
                    double millis = Double.parseDouble(pause.group(2));
                    young += pause.group(1).equals("Young") ? 1 : 0;
                    total += millis;
                    longest = Math.max(longest, millis);
                } else if (!measuring && line.indexOf('=') > 0 && !results.isEmpty()) {
                    results.put(line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1));
                }
            }
        }
        if (process.waitFor() != 0) {
            throw new IllegalStateException(layout + " failed:\n" + String.join("\n", output));
        }
        return results;
    }

    private void run(int rate, int seconds) throws InterruptedException {
        LayoutCheck.verify();
        System.gc();
        Thread consumer = new Thread(this::consume, "slot-layout-consumer");
        consumer.start();
        due = System.nanoTime();
        produce(rate, TimeUnit.SECONDS.toNanos(seconds) / 2, new Histogram(3));
        System.gc();
        refused = 0;

        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        OperatingSystemMXBean process = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        long self = Thread.currentThread().getId();
        Histogram captures = new Histogram(3);
        System.out.println(BEGIN);
        System.out.flush();
        long processCpu = process.getProcessCpuTime();
        long producerCpu = threads.getThreadCpuTime(self);
        long consumerCpu = threads.getThreadCpuTime(consumer.getId());
        long consumedBefore = consumed;
        long began = System.nanoTime();
        due = began;
        long captured = produce(rate, TimeUnit.SECONDS.toNanos(seconds), captures);
        long elapsed = System.nanoTime() - began;
        long consumedEvents = consumed - consumedBefore;
        consumerCpu = threads.getThreadCpuTime(consumer.getId()) - consumerCpu;
        producerCpu = threads.getThreadCpuTime(self) - producerCpu;
        processCpu = process.getProcessCpuTime() - processCpu;
        System.out.println(END);

        stopped = true;
        consumer.join();
        long otherCpu = Math.max(0, processCpu - producerCpu - consumerCpu);
        result("captured", "%,d", captured);
        result("refused", "%,d", refused);
        result("capture mean, ns", "%.0f", captures.getMean());
        result("capture p50, ns", "%,d", captures.getValueAtPercentile(50));
        result("capture p99, ns", "%,d", captures.getValueAtPercentile(99));
        result("capture p99.9, ns", "%,d", captures.getValueAtPercentile(99.9));
        result("capture p99.99, ns", "%,d", captures.getValueAtPercentile(99.99));
        result("capture longest, ns", "%,d", captures.getMaxValue());
        result("consumer CPU, ns/event", "%.0f", (double) consumerCpu / consumedEvents);
        result("other CPU, cores", "%.2f", (double) otherCpu / elapsed);
    }

    private static void result(String name, String format, Object value) {
        System.out.println(name + "=" + String.format(format, value));
    }

    private long produce(int rate, long durationNs, Histogram captures) {
        long end = due + durationNs;
        long perBurst = rate * BURST_NS / TimeUnit.SECONDS.toNanos(1);
        long accepted = 0;
        int untilTimed = TIMED;
        while (due < end) {
            while (System.nanoTime() < due) {
                Thread.onSpinWait();
            }
            for (long i = 0; i < perBurst; i++) {
                boolean taken;
                if (--untilTimed == 0) {
                    untilTimed = TIMED;
                    taken = captureTimed(captures);
                } else {
                    taken = SampleEvents.captureNext(ring, events);
                }
                if (taken) {
                    accepted++;
                } else {
                    refused++;
                }
            }
            due += BURST_NS;
        }
        return accepted;
    }

    private boolean captureTimed(Histogram captures) {
        SampleEvents next = events;
        next.advance();
        String distinctId = next.distinctId();
        String placement = next.placement();
        String campaign = next.campaign();
        String country = next.country();
        String device = next.device();
        String sessionId = next.sessionId();
        long before = System.nanoTime();
        boolean taken = ring.capture(
                distinctId,
                placement,
                campaign,
                country,
                device,
                sessionId,
                next.position(),
                next.viewable(),
                next.price());
        captures.recordValue(System.nanoTime() - before);
        return taken;
    }

    private void consume() {
        long count = 0;
        while (!stopped) {
            clock.tick();
            int events = ring.drain();
            if (events == 0) {
                LockSupport.parkNanos(PARK_NS);
            } else {
                count += events;
                consumed = count;
            }
        }
    }
}

package dev.penstock.benchmarks.support;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.management.OperatingSystemMXBean;
import dev.penstock.collector.Collector;
import dev.penstock.collector.CollectorMode;
import dev.penstock.collector.CollectorStats;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;

/**
 * The collector as a process: says its port, answers each line of input with its counts, and ends with its input, so that
 * it never outlives whoever started it.
 * <p>
 * Counts only, but parses and validates every event, so it takes more CPU than a server's front door would.
 */
final class CollectorMain {
    private CollectorMain() {}

    /**
     * Runs until the input ends.
     *
     * @param args none
     */
    public static void main(String[] args) throws IOException {
        OperatingSystemMXBean process = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        try (Collector collector = Collector.builder().mode(CollectorMode.COUNT).start();
                BufferedReader input = new BufferedReader(new InputStreamReader(System.in, UTF_8))) {
            say(Integer.toString(collector.port()));
            for (String line = input.readLine(); line != null; line = input.readLine()) {
                CollectorStats stats = collector.stats();
                say(stats.requests() + " " + stats.events() + " " + stats.distinct() + " " + stats.invalid() + " "
                        + stats.bytesWire() + " " + stats.bytesPlain() + " " + process.getProcessCpuTime());
            }
        }
    }

    private static void say(String line) {
        System.out.println(line);
        System.out.flush();
    }
}

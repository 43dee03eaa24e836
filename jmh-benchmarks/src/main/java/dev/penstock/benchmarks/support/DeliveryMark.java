package dev.penstock.benchmarks.support;

import java.io.IOException;

/**
 * A moment of a run that delivers; two of them are a window.
 * <p>
 * <b>Threads:</b> immutable.
 *
 * @param ns of {@link System#nanoTime()}
 * @param delivered what the client had delivered
 * @param cpuNs CPU time of this process
 * @param heapBytes what all threads alive had allocated
 * @param collector what had arrived
 */
public record DeliveryMark(long ns, long delivered, long cpuNs, long heapBytes, CollectorProcess.Count collector) {

    /**
     * This moment.
     *
     * @param delivered what the client has delivered
     * @param collector asked for its counts
     * @return a mark
     */
    public static DeliveryMark now(long delivered, CollectorProcess collector) throws IOException {
        return new DeliveryMark(System.nanoTime(), delivered, Cpu.processNs(), Cpu.allocatedBytes(), collector.count());
    }

    /**
     * The rates and costs of a window that begins here. What the client's process did is of the window, what was on the wire
     * is of the whole run.
     *
     * @param ended its end
     * @param all what arrived in the whole run
     * @param noun what is delivered, in the singular
     * @return figures
     */
    public Results until(DeliveryMark ended, CollectorProcess.Count all, String noun) {
        double events = ended.delivered - delivered;
        double elapsed = ended.ns - ns;
        double collectorCpu = ended.collector.cpuNs() - collector.cpuNs();
        Results results = new Results();
        results.add("delivered, " + noun + "s/s", "%,.0f", events / elapsed * 1e9);
        results.add("client CPU, s/million", "%.2f", (ended.cpuNs - cpuNs) / events / 1e3);
        results.add("client CPU, cores", "%.2f", (ended.cpuNs - cpuNs) / elapsed);
        results.add("collector CPU, s/million", "%.2f", collectorCpu / events / 1e3);
        results.add("client heap, B/" + noun, "%.1f", (ended.heapBytes - heapBytes) / events);
        results.add("wire, B/" + noun, "%.1f", (double) all.wireBytes() / all.events());
        results.add("JSON, B/" + noun, "%.1f", (double) all.plainBytes() / all.events());
        results.add(noun + "s/request", "%.1f", (double) all.events() / all.requests());
        return results;
    }
}

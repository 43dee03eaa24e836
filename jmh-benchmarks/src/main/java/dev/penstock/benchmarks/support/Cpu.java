package dev.penstock.benchmarks.support;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.util.function.Predicate;

/**
 * CPU time and allocation, of threads and of this process.
 * <p>
 * <b>Threads:</b> any; keeps no state.
 */
public final class Cpu {
    private static final ThreadMXBean THREADS = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
    private static final OperatingSystemMXBean SYSTEM =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    /** Part of a pipeline's thread name; the agent's role, whatever stands before it. */
    private static final String PIPELINE = "pipeline-";

    private Cpu() {}

    /**
     * CPU time of this process.
     *
     * @return nanoseconds, collector and compiler included
     */
    public static long processNs() {
        return SYSTEM.getProcessCpuTime();
    }

    /**
     * CPU time of one thread.
     *
     * @param thread alive
     * @return nanoseconds
     */
    public static long threadNs(Thread thread) {
        return THREADS.getThreadCpuTime(thread.getId());
    }

    /**
     * CPU time of a client's threads.
     *
     * @return nanoseconds, of all threads named {@code penstock-...} and all pipelines
     */
    public static long clientNs() {
        return threadsNs(name -> name.startsWith("penstock-") || name.contains(PIPELINE));
    }

    /**
     * CPU time of the pipelines.
     *
     * @return nanoseconds
     */
    public static long pipelineNs() {
        return threadsNs(name -> name.contains(PIPELINE));
    }

    private static long threadsNs(Predicate<String> wanted) {
        long sum = 0;
        for (ThreadInfo info : THREADS.getThreadInfo(THREADS.getAllThreadIds())) {
            if (info != null && wanted.test(info.getThreadName())) {
                sum += Math.max(0, THREADS.getThreadCpuTime(info.getThreadId()));
            }
        }
        return sum;
    }

    /**
     * What the calling thread has allocated.
     *
     * @return bytes
     */
    public static long ownAllocatedBytes() {
        return THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
    }

    /**
     * What all threads alive have allocated.
     *
     * @return bytes
     */
    public static long allocatedBytes() {
        long sum = 0;
        for (long bytes : THREADS.getThreadAllocatedBytes(THREADS.getAllThreadIds())) {
            sum += Math.max(0, bytes);
        }
        return sum;
    }
}

package dev.penstock.benchmarks.support;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
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

    /** Where Linux tells of this process's threads, those of the JVM itself included. */
    private static final Path TASKS = Path.of("/proc/self/task");

    /** What a thread's line has of the names of the compilers' threads. */
    private static final String COMPILER = " CompilerThre";

    /** In the fields behind the name: ticks in user mode, and in the kernel right after. */
    private static final int TICKS_AT = 11;

    /** Of Linux, whatever the kernel's own: a hundred in a second. */
    private static final long TICK_NS = TimeUnit.MILLISECONDS.toNanos(10);

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

    /**
     * CPU time of the compilers that are part of the JVM: what a process spends on getting fast.
     *
     * @return nanoseconds, to ten milliseconds; 0 where there is no {@code /proc}
     */
    public static long compilersNs() {
        if (!Files.isDirectory(TASKS)) {
            return 0;
        }
        long ticks = 0;
        try (DirectoryStream<Path> tasks = Files.newDirectoryStream(TASKS)) {
            for (Path task : tasks) {
                ticks += compilerTicks(task.resolve("stat"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return ticks * TICK_NS;
    }

    private static long compilerTicks(Path stat) throws IOException {
        String line;
        try {
            line = Files.readString(stat);
        } catch (NoSuchFileException ended) {
            return 0;
        }
        if (!line.contains(COMPILER)) {
            return 0;
        }
        String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ", -1);
        return Long.parseLong(fields[TICKS_AT]) + Long.parseLong(fields[TICKS_AT + 1]);
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

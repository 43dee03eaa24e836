package dev.penstock.stress.soak;

import dev.penstock.stress.account.Violations;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.stream.Stream;

/**
 * What this process held at several moments. The first fifth, in which classes are loaded and pools fill, is left out; of
 * the rest, the medians of both halves are compared. One thread.
 */
final class Samples {
    private static final Path HANDLES = Path.of("/proc/self/fd");
    private static final int WARM_UP_PARTS = 5;

    private final Map<Resource, List<Long>> taken = new EnumMap<>(Resource.class);

    Samples() {
        for (Resource resource : Resource.values()) {
            taken.put(resource, new ArrayList<>());
        }
    }

    void take(long spoolBytes) throws IOException {
        System.gc();
        add(
                Resource.HEAP,
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        add(Resource.THREADS, ManagementFactory.getThreadMXBean().getThreadCount());
        add(Resource.HANDLES, handles());
        add(Resource.DIRECT, direct());
        add(Resource.SPOOL, spoolBytes);
    }

    private void add(Resource resource, long value) {
        taken.get(resource).add(value);
    }

    int count() {
        return taken.get(Resource.HEAP).size();
    }

    /** Open handles, where the system shows them. */
    private static long handles() throws IOException {
        if (!Files.isDirectory(HANDLES)) {
            return 0;
        }
        try (Stream<Path> open = Files.list(HANDLES)) {
            return open.count();
        }
    }

    private static long direct() {
        return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("direct"))
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
    }

    /** Compares both halves; in words. */
    String judge(Violations violations) {
        StringJoiner words = new StringJoiner(", ");
        taken.forEach((resource, values) -> {
            List<Long> warm = values.subList(values.size() / WARM_UP_PARTS, values.size());
            long before = median(warm.subList(0, warm.size() / 2));
            long after = median(warm.subList(warm.size() / 2, warm.size()));
            words.add(resource.text(before, after));
            violations.check(
                    resource.isFlat(before, after),
                    "the second half of a soak holds more than the first",
                    resource.text(before, after) + ", of " + warm.size() + " samples: " + warm);
        });
        return words.toString();
    }

    private static long median(List<Long> values) {
        return values.stream().sorted().skip(values.size() / 2).findFirst().orElse(0L);
    }
}

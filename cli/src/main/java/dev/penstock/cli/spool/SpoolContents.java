package dev.penstock.cli.spool;

import dev.penstock.cli.common.Numbers;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;

/** How many unacknowledged events a directory holds for whom. Immutable; any thread. */
final class SpoolContents {
    private final Map<SpoolService, Long> events = new EnumMap<>(SpoolService.class);

    private SpoolContents() {}

    /** {@code byProtocol} counts events by the number that a record on disk carries. */
    static SpoolContents of(Map<Integer, Long> byProtocol) {
        SpoolContents contents = new SpoolContents();
        byProtocol.forEach((protocol, count) -> {
            if (count > 0) {
                contents.events.merge(SpoolService.ofRecord(protocol), count, Long::sum);
            }
        });
        return contents;
    }

    /** In the order of the services, those with events only. */
    Map<SpoolService, Long> byService() {
        return events;
    }

    long events(SpoolService service) {
        return events.getOrDefault(service, 0L);
    }

    long eventsOfOthers(SpoolService service) {
        return total() - events(service);
    }

    long total() {
        return events.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Such as {@code 12 for posthog, 3 for segment}. */
    String text() {
        return events.entrySet().stream()
                .map(entry -> Numbers.count(entry.getValue()) + " for "
                        + entry.getKey().text())
                .collect(Collectors.joining(", "));
    }
}

package dev.penstock.stress.proxy;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** On how many connections each fault took effect; of {@link FaultKind#REFUSE}, how often it began. Any thread. */
public final class FaultCounts {
    private final Map<FaultKind, LongAdder> counts = new EnumMap<>(FaultKind.class);

    FaultCounts() {
        for (FaultKind kind : FaultKind.values()) {
            counts.put(kind, new LongAdder());
        }
    }

    void count(FaultKind kind) {
        counts.get(kind).increment();
    }

    /**
     * How often one fault took effect.
     *
     * @param kind the fault
     * @return 0 or more
     */
    public long of(FaultKind kind) {
        return counts.get(kind).sum();
    }

    /**
     * How often any fault took effect.
     *
     * @return 0 or more
     */
    public long total() {
        return counts.values().stream().mapToLong(LongAdder::sum).sum();
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        counts.forEach((kind, count) -> {
            if (count.sum() > 0) {
                text.append(text.length() == 0 ? "" : " ")
                        .append(kind.name().toLowerCase(Locale.ROOT))
                        .append(' ')
                        .append(count.sum());
            }
        });
        return text.length() == 0 ? "none" : text.toString();
    }
}

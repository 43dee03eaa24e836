package dev.penstock.benchmarks.layout;

/**
 * Wall clock in milliseconds, moved on by the consumer, read by producers.
 * <p>
 * <b>Threads:</b> one thread ticks, any thread reads. Wait-free. <b>Allocation:</b> none.
 */
final class CoarseClock {
    private volatile long millis = System.currentTimeMillis();

    void tick() {
        millis = System.currentTimeMillis();
    }

    void set(long epochMillis) {
        millis = epochMillis;
    }

    long millis() {
        return millis;
    }
}

package dev.penstock.stress.load;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Measures how long the machine keeps a thread from running that does nothing but sleep: what no library can be blamed for. */
final class Hiccups implements Runnable {
    private static final long NAP_NS = TimeUnit.MILLISECONDS.toNanos(1);

    private final Thread thread = new Thread(this, "hiccups");
    private volatile boolean stopped;
    private volatile long worstNs;

    void start() {
        thread.setDaemon(true);
        thread.start();
    }

    void stop() throws InterruptedException {
        stopped = true;
        thread.join();
    }

    long worstNs() {
        return worstNs;
    }

    @Override
    public void run() {
        long last = System.nanoTime();
        while (!stopped) {
            LockSupport.parkNanos(NAP_NS);
            long now = System.nanoTime();
            long late = now - last - NAP_NS;
            if (late > worstNs) {
                worstNs = late;
            }
            last = now;
        }
    }
}

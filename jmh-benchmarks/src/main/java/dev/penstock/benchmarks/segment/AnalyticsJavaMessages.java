package dev.penstock.benchmarks.segment;

import com.segment.analytics.Analytics;
import com.segment.analytics.Callback;
import com.segment.analytics.messages.Message;
import com.segment.analytics.messages.TrackMessage;
import dev.penstock.benchmarks.support.ReferenceCapture;
import dev.penstock.benchmarks.support.ReferenceEvent;
import dev.penstock.client.CaptureResult;
import dev.penstock.client.segment.SegmentConfig;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import okhttp3.OkHttpClient;

/**
 * Segment's own library for Java, with its defaults but for two bounds. Its queue holds as many messages as our ring, and
 * its one network thread has a queue of 16 batches that its looper waits for: with the default, which is unbounded, the
 * looper would empty the first queue into the second until the heap is full. So {@code enqueue} waits, and nothing is
 * dropped, when it is handed more than it can send.
 * <p>
 * The map and the message are made for the call, as its users do. Outcomes are counted by a callback, which is how it tells.
 */
final class AnalyticsJavaMessages implements MessageClient {
    private static final int WAITING_BATCHES = 16;
    private static final int TIMEOUT_SECONDS = 15;

    private final AtomicLong delivered = new AtomicLong();
    private final AtomicLong lost = new AtomicLong();
    private final Analytics client;

    AnalyticsJavaMessages(String host, Wire wire) {
        OkHttpClient.Builder http = new OkHttpClient.Builder()
                .connectTimeout(TIMEOUT_SECONDS, TimeUnit.SECONDS)
                .readTimeout(TIMEOUT_SECONDS, TimeUnit.SECONDS)
                .writeTimeout(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        if (wire.gzip()) {
            http.addInterceptor(new GzipRequests());
        }
        if (wire.noDelay()) {
            http.socketFactory(new NoDelaySockets());
        }
        client = Analytics.builder("benchmark")
                .endpoint(host)
                .client(http.build())
                .queueCapacity(SegmentConfig.DEFAULT_RING_SLOTS)
                .networkExecutor(oneThread())
                .callback(new Counting())
                .build();
    }

    /** The library's own but for the bound. */
    @SuppressWarnings("ThreadPriorityCheck") // it says so
    private static ExecutorService oneThread() {
        return new ThreadPoolExecutor(
                1,
                1,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(WAITING_BATCHES),
                task -> {
                    Thread thread = new Thread(task, "Analytics");
                    thread.setPriority(Thread.MIN_PRIORITY);
                    return thread;
                },
                AnalyticsJavaMessages::awaitRoom);
    }

    private static void awaitRoom(Runnable batch, ThreadPoolExecutor executor) {
        try {
            executor.getQueue().put(batch);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RejectedExecutionException("interrupted while a batch waited for room", e);
        }
    }

    private final class Counting implements Callback {
        @Override
        public void success(Message message) {
            delivered.incrementAndGet();
        }

        @Override
        public void failure(Message message, Throwable cause) {
            lost.incrementAndGet();
        }
    }

    @Override
    public CaptureResult send(ReferenceEvent event) {
        client.enqueue(TrackMessage.builder(ReferenceEvent.NAME)
                .userId(event.distinctId())
                .properties(ReferenceCapture.toMap(event)));
        return CaptureResult.ACCEPTED;
    }

    @Override
    public long delivered() {
        return delivered.get();
    }

    @Override
    public long lost() {
        return lost.get();
    }

    @Override
    public void flush() {
        client.flush();
    }

    @Override
    public void close() {
        client.shutdown();
    }
}

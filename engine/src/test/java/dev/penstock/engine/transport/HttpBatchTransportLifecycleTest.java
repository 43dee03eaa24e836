package dev.penstock.engine.transport;

import static dev.penstock.engine.transport.TransportFixture.await;
import static dev.penstock.engine.transport.TransportFixture.request;
import static dev.penstock.engine.transport.TransportFixture.settings;
import static dev.penstock.engine.transport.TransportFixture.threads;
import static dev.penstock.engine.transport.WireServer.OK;
import static dev.penstock.engine.transport.WireServer.answering;
import static dev.penstock.engine.transport.WireServer.hanging;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.hc.client5.http.async.methods.SimpleResponseConsumer;
import org.apache.hc.core5.http.nio.DataStreamChannel;
import org.apache.hc.core5.http.nio.entity.BasicAsyncEntityProducer;
import org.apache.hc.core5.http.nio.support.BasicRequestProducer;
import org.apache.hc.core5.io.CloseMode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Cancelling, closing, and what happens when the I/O thread dies. */
@Timeout(60)
class HttpBatchTransportLifecycleTest {

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final RecordingSink sink = new RecordingSink();
    private final AtomicLong skippedNs = new AtomicLong();
    private final String threadName = "penstock-life" + NUMBER.incrementAndGet() + "-io";
    private HttpBatchTransport transport;

    @AfterEach
    void closeTransport() {
        if (transport != null) {
            transport.close();
        }
    }

    @Test
    void shouldHangUpWhenCancelled() throws Exception {
        try (WireServer server = new WireServer(hanging())) {
            transport = open(server.uri());
            Exchange exchange = transport.send(request(), sink);
            await("request sent", () -> !server.bodies().isEmpty());

            exchange.cancel();

            await("connection closed", () -> server.open() == 0);
            assertThat(sink.count()).isZero();
            assertThat(exchange.isBodyReleased()).isFalse();
        }
    }

    @Test
    void shouldHangUpWhenCancelledDuringAStalledUpload() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        WireServer.Script stalling = peer -> {
            peer.readHead();
            awaitQuietly(end);
            peer.awaitEnd();
        };
        try (WireServer server = new WireServer(stalling)) {
            transport = open(server.uri());
            Exchange exchange = transport.send(request(new byte[16 * 1024 * 1024]), sink);
            await("head sent", () -> !server.heads().isEmpty());

            exchange.cancel();
            end.countDown();

            await("connection closed", () -> server.open() == 0);
            assertThat(sink.count()).isZero();
            assertThat(exchange.isBodyReleased()).isFalse();
        }
    }

    @Test
    void shouldLeakNothingOverManyHangingRequests() throws Exception {
        try (WireServer server = new WireServer(hanging())) {
            transport = open(server.uri());
            byte[] body = new byte[1024 * 1024];
            round(server, body, 4);
            long threads = threads(threadName);
            long direct = directBytes();

            for (int i = 0; i < 50; i++) {
                round(server, body, 4);
            }

            await("connections closed", () -> server.open() == 0);
            assertThat(server.accepted()).isEqualTo(204);
            assertThat(threads(threadName)).isEqualTo(threads);
            assertThat(directBytes() - direct).as("growth of direct memory").isLessThan(256 * 1024);
            assertThat(sink.count()).isZero();
        }
    }

    @Test
    void shouldSendAgainAtOnceAfterCancelling() throws Exception {
        AtomicBoolean hang = new AtomicBoolean(true);
        WireServer.Script script = peer -> {
            if (hang.get()) {
                hanging().run(peer);
            } else {
                answering(OK).run(peer);
            }
        };
        try (WireServer server = new WireServer(script)) {
            transport = open(server.uri());
            List<Exchange> exchanges = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                exchanges.add(transport.send(request(), sink));
            }
            await("requests sent", () -> server.bodies().size() == 4);
            hang.set(false);
            exchanges.forEach(Exchange::cancel);

            for (int i = 0; i < 4; i++) {
                transport.send(request(), sink);
            }

            for (int i = 0; i < 4; i++) {
                assertThat(sink.await().status()).isEqualTo(200);
            }
        }
    }

    @Test
    void shouldCloseInBoundedTimeAndAnswerWhatHangs() throws Exception {
        try (WireServer server = new WireServer(hanging())) {
            transport = open(server.uri());
            for (int i = 0; i < 4; i++) {
                transport.send(request(), sink);
            }
            await("requests sent", () -> server.bodies().size() == 4);

            long startNs = System.nanoTime();
            transport.close();
            long tookMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNs);

            assertThat(tookMs).isLessThan(3_000);
            await("all answered", () -> sink.count() == 4);
            for (int i = 0; i < 4; i++) {
                assertThat(sink.await().failure()).startsWith("transport ");
            }
            await("connections closed", () -> server.open() == 0);
            await("threads gone", () -> threads(threadName) == 0);
        }
    }

    @Test
    void shouldAnswerAfterClosing() throws Exception {
        try (WireServer server = new WireServer(answering(OK))) {
            transport = open(server.uri());
            transport.close();
            transport.close();

            transport.send(request(), sink);

            assertThat(sink.await()).isEqualTo(Answer.failed("transport closed"));
            assertThat(server.accepted()).isZero();
            assertThat(threads(threadName)).isZero();
            assertThat(transport.restarts()).isZero();
        }
    }

    @Test
    void shouldAnswerOnceWhenClosedInTheMidstOfSending() throws Exception {
        try (WireServer server = new WireServer(answering(OK))) {
            transport = open(server.uri());
            AtomicInteger answers = new AtomicInteger();
            AtomicInteger sent = new AtomicInteger();
            AtomicBoolean stop = new AtomicBoolean();
            Thread sender = new Thread(() -> {
                while (!stop.get()) {
                    transport.send(request(), answer -> answers.incrementAndGet());
                    sent.incrementAndGet();
                }
            });
            sender.start();
            await("some sent", () -> sent.get() > 100);

            transport.close();
            stop.set(true);
            sender.join(10_000);

            await("each answered", () -> answers.get() >= sent.get());
            assertThat(answers.get()).isEqualTo(sent.get());
        }
    }

    @Test
    void shouldKeepAnInterruptWhenClosed() throws Exception {
        try (WireServer server = new WireServer(hanging())) {
            transport = open(server.uri());
            transport.send(request(), sink);

            Thread.currentThread().interrupt();
            transport.close();

            assertThat(Thread.interrupted()).isTrue();
            assertThat(sink.await().status()).isZero();
        }
    }

    @Test
    void shouldAnswerAndStartAnewWhenTheIoThreadIsKilledByAnError() throws Exception {
        try (WireServer server = new WireServer(answering(OK));
                WireServer silent = new WireServer(hanging())) {
            transport = open(silent.uri());
            transport.send(request(), sink);
            await("request sent", () -> !silent.bodies().isEmpty());
            skip(Duration.ofSeconds(2));
            Reactor first = transport.reactor();

            Future<?> deadly = first.client().execute(new Deadly(server.uri()), SimpleResponseConsumer.create(), null);

            assertThat(sink.await().failure()).isNotNull();
            await("known to be dead", () -> !first.isAlive());
            transport.send(request(), sink);
            await("sent by another", () -> silent.bodies().size() == 2);
            assertThat(transport.reactor()).isNotSameAs(first);
            assertThat(transport.restarts()).isEqualTo(1);
            await("old threads gone", () -> threads(threadName) == 2);
            deadly.cancel(true);
        }
    }

    @Test
    void shouldStartAnewWhenTheIoThreadIsInterrupted() throws Exception {
        try (WireServer server = new WireServer(answering(OK))) {
            transport = open(server.uri());
            transport.reactor(); // starts it
            skip(Duration.ofSeconds(2));
            await("both threads running", () -> threads(threadName) == 2);
            interruptIoThread();
            await("dead", () -> threads(threadName) < 2);

            transport.send(request(), sink);

            assertThat(sink.await()).isEqualTo(new Answer(200, 0, null));
            assertThat(transport.restarts()).isEqualTo(1);
        }
    }

    @Test
    void shouldStartAnewAtMostOncePerSecond() throws Exception {
        try (WireServer server = new WireServer(answering(OK))) {
            transport = open(server.uri());
            for (int i = 1; i <= 3; i++) {
                transport.reactor().client().close(CloseMode.IMMEDIATE);
                transport.send(request(), sink);
                assertThat(sink.await()).isEqualTo(Answer.failed("I/O thread not running"));
                assertThat(transport.restarts()).isEqualTo(i - 1);

                skip(Duration.ofMillis(1_001));
                transport.send(request(), sink);
                assertThat(sink.await()).isEqualTo(new Answer(200, 0, null));
                assertThat(transport.restarts()).isEqualTo(i);
            }
        }
    }

    @Test
    void shouldGoOnTryingWhenThereIsNoThreadToBeHad() throws Exception {
        AtomicBoolean exhausted = new AtomicBoolean(true);
        ThreadFactory factory = work -> {
            if (exhausted.get()) {
                throw new OutOfMemoryError("no more threads");
            }
            return TransportFixture.daemons(threadName).newThread(work);
        };
        try (WireServer server = new WireServer(answering(OK))) {
            TransportSettings base = settings(server.uri());
            transport = new HttpBatchTransport(
                    new TransportSettings(
                            base.host(),
                            Map.of(),
                            null,
                            null,
                            base.connectTimeout(),
                            base.requestTimeout(),
                            1,
                            base.userAgent(),
                            factory),
                    InstantSource.system(),
                    this::nowNs,
                    InetAddress::getAllByName);
            transport.send(request(), sink);
            assertThat(sink.await()).isEqualTo(Answer.failed("I/O thread not running"));

            exhausted.set(false);
            skip(Duration.ofSeconds(2));
            transport.send(request(), sink);

            assertThat(sink.await()).isEqualTo(new Answer(200, 0, null));
        }
    }

    private HttpBatchTransport open(URI host) {
        TransportSettings settings = settings(host, Map.of(), null, null, threadName);
        return new HttpBatchTransport(settings, InstantSource.system(), this::nowNs, InetAddress::getAllByName);
    }

    private long nowNs() {
        return skippedNs.get();
    }

    private void skip(Duration duration) {
        skippedNs.addAndGet(duration.toNanos());
    }

    /** Sends some requests and cancels them once they are with the server. */
    private void round(WireServer server, byte[] body, int requests) {
        server.bodies().clear();
        List<Exchange> exchanges = new ArrayList<>();
        for (int i = 0; i < requests; i++) {
            exchanges.add(transport.send(request(body), sink));
        }
        await("requests sent", () -> server.bodies().size() == requests);
        exchanges.forEach(Exchange::cancel);
    }

    private void interruptIoThread() {
        Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals(threadName))
                .forEach(Thread::interrupt);
    }

    private static long directBytes() {
        return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("direct"))
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A request that takes the I/O thread with it. */
    private static final class Deadly extends BasicRequestProducer {

        Deadly(URI uri) {
            super("POST", uri, new BasicAsyncEntityProducer(new byte[8], null));
        }

        @Override
        public void produce(DataStreamChannel channel) {
            throw new AssertionError("deadly");
        }
    }
}

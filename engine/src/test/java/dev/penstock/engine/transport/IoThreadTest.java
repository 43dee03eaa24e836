package dev.penstock.engine.transport;

import static dev.penstock.engine.transport.TransportFixture.await;
import static dev.penstock.engine.transport.TransportFixture.request;
import static dev.penstock.engine.transport.TransportFixture.settings;
import static dev.penstock.engine.transport.TransportFixture.threads;
import static dev.penstock.engine.transport.WireServer.OK;
import static dev.penstock.engine.transport.WireServer.answering;
import static dev.penstock.engine.transport.WireServer.hanging;
import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.engine.testing.Await;
import java.net.InetAddress;
import java.net.URI;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.hc.core5.io.CloseMode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Signs of life of the I/O thread, and what is done without them. */
@Timeout(60)
class IoThreadTest {

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final RecordingSink sink = new RecordingSink();
    private final AtomicLong nowNs = new AtomicLong();
    private final CountDownLatch release = new CountDownLatch(1);
    private final String threadName = "penstock-watch" + NUMBER.incrementAndGet() + "-io";
    private HttpTransport transport;

    @AfterEach
    void closeTransport() {
        release.countDown();
        transport.close();
        await("no thread is left", () -> threads(threadName) == 0);
    }

    @Test
    void shouldHaveNothingToDoBeforeTheFirstRequestAndAfterItsAnswer() throws Exception {
        try (WireServer server = new WireServer(answering(OK))) {
            IoThread io = open(server.uri());
            assertThat(io.hasWork()).isFalse();
            long before = io.progress();

            send();
            sink.await();

            await("settled", () -> !io.hasWork());
            assertThat(io.progress()).isGreaterThan(before);
            assertThat(io.hasDied()).isFalse();
        }
    }

    @Test
    void shouldSeeThatAThreadWhichWaitsForASilentServerLives() throws Exception {
        try (WireServer server = new WireServer(hanging())) {
            IoThread io = open(server.uri());
            send();
            await("request sent", () -> !server.bodies().isEmpty());
            for (int i = 0; i < 5; i++) {
                long before = io.progress();
                assertThat(io.hasWork()).isTrue();
                await("a sign of life", () -> io.progress() != before);
            }
            assertThat(sink.count()).isZero();
        }
    }

    @Test
    void shouldSeeThatAThreadLivesWhoseRequestsOthersCancel() throws Exception {
        try (WireServer server = new WireServer(hanging())) {
            IoThread io = open(server.uri());
            for (int i = 0; i < 5; i++) {
                long before = io.progress();
                transport.batches().send(request(), sink).cancel();
                await("a sign of life", () -> io.progress() != before);
            }
            await("nothing is left to do", () -> {
                io.progress();
                return !io.hasWork();
            });
        }
    }

    @Test
    void shouldSeeNoSignOfAThreadThatStandsAndReplaceIt() throws Exception {
        try (WireServer server = new WireServer(answering(OK))) {
            IoThread io = open(server.uri());
            Thread standing = stand(io);
            send();
            send();
            long before = io.progress();
            for (int i = 0; i < 100; i++) {
                assertThat(io.progress()).isEqualTo(before);
            }
            assertThat(io.hasWork()).isTrue();
            assertThat(io.thread()).isSameAs(standing);

            assertThat(io.recover()).isTrue();

            assertThat(sink.await()).isEqualTo(Answer.failed("I/O thread stood still"));
            assertThat(sink.await()).isEqualTo(Answer.failed("I/O thread stood still"));
            assertThat(io.progress()).isNotEqualTo(before);
            assertThat(io.hasWork()).isFalse();
            assertThat(io.thread()).isNotSameAs(standing);
            assertThat(transport.restarts()).isEqualTo(1);
            send();
            assertThat(sink.await()).isEqualTo(new Answer(200, 0, null));
        }
    }

    @Test
    void shouldTellEachSinkOnceWhenAReplacedThreadGoesOnAfterAll() throws Exception {
        try (WireServer server = new WireServer(answering(OK))) {
            IoThread io = open(server.uri());
            Thread standing = stand(io);
            send();
            assertThat(io.recover()).isTrue();
            assertThat(sink.await().failure()).isEqualTo("I/O thread stood still");
            send();
            assertThat(sink.await().status()).isEqualTo(200);

            release.countDown();

            Await.end(standing);
            assertThat(sink.count()).isZero();
            assertThat(io.hasDied()).isFalse();
            assertThat(transport.restarts()).isEqualTo(1);
        }
    }

    @Test
    void shouldSeeNoSignWhenRequestsToAStandingThreadAreCancelled() throws Exception {
        try (WireServer server = new WireServer(answering(OK))) {
            IoThread io = open(server.uri());
            stand(io);
            long before = io.progress();
            transport.batches().send(request(), sink).cancel();
            assertThat(io.hasWork()).as("between two tries").isTrue();
            assertThat(io.progress()).isEqualTo(before);
        }
    }

    @Test
    void shouldNotReplaceWithoutEnd() throws Exception {
        try (WireServer server = new WireServer(answering(OK))) {
            IoThread io = open(server.uri());
            for (int i = 0; i < 4; i++) {
                stand(io);
                assertThat(io.recover()).isTrue();
            }
            Thread last = stand(io);
            assertThat(io.recover()).as("four stand already").isFalse();
            assertThat(io.thread()).isSameAs(last);

            release.countDown();
            await("the four have ended", () -> threads(threadName) <= 2);
            assertThat(io.recover()).isTrue();
            assertThat(transport.restarts()).isEqualTo(5);
        }
    }

    @Test
    void shouldFailWhatIsLeftOnAThreadThatHasEndedAndStartAnother() throws Exception {
        try (WireServer server = new WireServer(hanging())) {
            IoThread io = open(server.uri());
            send();
            await("request sent", () -> !server.bodies().isEmpty());
            Reactor dead = transport.reactor();
            dead.giveUp(); // as if the end had not been told
            assertThat(io.hasDied()).isTrue();
            assertThat(io.hasWork()).as("a dead thread does not stand still").isFalse();
            nowNs.addAndGet(2_000_000_000L);

            assertThat(io.recover()).isTrue();

            // Whichever comes first: the old reactor's close may be slow to tell, or quick.
            assertThat(sink.await().failure()).isIn("I/O thread ended", "transport stopped");
            assertThat(io.hasDied()).isFalse();
            assertThat(transport.restarts()).isEqualTo(1);
            assertThat(transport.reactor()).isNotSameAs(dead);
        }
    }

    @Test
    void shouldLeaveADeadThreadThatHasNothingToTheNextRequest() throws Exception {
        try (WireServer server = new WireServer(answering(OK))) {
            IoThread io = open(server.uri());
            send();
            sink.await();
            transport.reactor().client().close(CloseMode.IMMEDIATE);
            assertThat(io.hasDied()).isFalse();
            assertThat(io.hasWork()).isFalse();
        }
    }

    @Test
    void shouldNotReplaceAfterTheClose() throws Exception {
        try (WireServer server = new WireServer(answering(OK))) {
            IoThread io = open(server.uri());
            transport.close();
            assertThat(io.recover()).isFalse();
            assertThat(transport.restarts()).isZero();
        }
    }

    private IoThread open(URI host) {
        TransportSettings settings = settings(host, Map.of(), null, null, threadName);
        transport = new HttpTransport(settings, 0, InstantSource.system(), nowNs::get, InetAddress::getAllByName);
        return transport.io();
    }

    private void send() {
        transport.batches().send(request(), sink);
    }

    /** Has the I/O thread stand in the callback of a request, until {@link #release}. */
    private Thread stand(IoThread io) {
        CountDownLatch inside = new CountDownLatch(1);
        transport.batches().send(request(), answer -> {
            inside.countDown();
            awaitThroughInterrupts();
        });
        Await.latch(inside, "the I/O thread stands in the callback");
        return io.thread();
    }

    /** Closing interrupts the threads, which a callback may well ignore. */
    private void awaitThroughInterrupts() {
        while (release.getCount() > 0) {
            try {
                release.await();
            } catch (InterruptedException e) {
                // goes on standing
            }
        }
    }
}

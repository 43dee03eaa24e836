package dev.penstock.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.client.CaptureResult;
import dev.penstock.client.ClientStats;
import dev.penstock.client.OverflowPolicy;
import dev.penstock.client.segment.AliasMessage;
import dev.penstock.client.segment.GroupMessage;
import dev.penstock.client.segment.MessageBuilder;
import dev.penstock.client.segment.ScreenMessage;
import dev.penstock.client.segment.SegmentAnalytics;
import dev.penstock.collector.Answer;
import dev.penstock.collector.Collector;
import dev.penstock.collector.ReceivedEvent;
import dev.penstock.collector.ReceivedRequest;
import dev.penstock.engine.record.TestSeed;
import dev.penstock.engine.testing.Await;
import dev.penstock.engine.testing.SegmentFixture;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many messages of all kinds from many threads, with failures in between: each arrives, once. */
@Timeout(60)
class SegmentVolumeTest {

    private static final int THREADS = 4;
    private static final int EACH = 25_000;
    private static final int FAILURES = 40;

    /** A try in the millisecond of the one before says the next; the rest is for a clock that is corrected meanwhile. */
    private static final Duration AHEAD = Duration.ofMillis(100);

    private static final Pattern SENT_AT = Pattern.compile("\"sentAt\":\"([^\"]+)\"");
    private static final Pattern MESSAGE_ID = Pattern.compile("\"messageId\":\"([^\"]+)\"");

    @Test
    void shouldDeliverEachOfAHundredThousandMessagesOnce() {
        TestSeed.run(random -> {
            Instant began = Instant.now();
            long beganNanos = System.nanoTime();
            try (Collector collector = Collector.start();
                    SegmentFixture fixture = SegmentFixture.sendingOnFlush(
                            collector.uri(),
                            config -> config.maxRetries(100)
                                    .overflowPolicy(OverflowPolicy.WAIT)
                                    .overflowWait(Duration.ofSeconds(10))
                                    .ringSlots(16_384))) {
                collector.answerNext(failures(random));
                sendAll(fixture.client(), random);
                fixture.flush();

                assertAccount(fixture.stats());
                assertArrivedOnce(collector);
                assertTimes(collector, nanos -> began.plusNanos(nanos - beganNanos));
            }
        });
    }

    /**
     * Two requests in five fail, in one way or another, until the script is used up. Batches are full, so what is cut in
     * two does not end with a single message, which would be refused.
     */
    private static Answer[] failures(SplittableRandom random) {
        List<Answer> failures = List.of(
                Answer.status(500),
                Answer.status(429),
                Answer.status(460),
                Answer.status(400),
                Answer.status(413),
                Answer.reset(),
                Answer.halfClose(),
                Answer.truncated());
        List<Answer> script = new ArrayList<>();
        for (int i = 0; i < FAILURES; i++) {
            for (int good = random.nextInt(4); good > 0; good--) {
                script.add(Answer.ok());
            }
            script.add(failures.get(random.nextInt(failures.size())));
        }
        return script.toArray(Answer[]::new);
    }

    private static void sendAll(SegmentAnalytics client, SplittableRandom random) {
        AtomicLong accepted = new AtomicLong();
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < THREADS; t++) {
            int number = t;
            SplittableRandom own = random.split();
            threads.add(new Thread(
                    () -> {
                        for (int i = 0; i < EACH; i++) {
                            if (send(client, number + "-" + i, own) == CaptureResult.ACCEPTED) {
                                accepted.incrementAndGet();
                            }
                        }
                    },
                    "producer-" + t));
        }
        threads.forEach(Thread::start);
        threads.forEach(Await::end);
        assertThat(accepted.get()).isEqualTo((long) THREADS * EACH);
    }

    private static CaptureResult send(SegmentAnalytics client, String id, SplittableRandom random) {
        String user = "user-" + random.nextInt(1_000);
        return switch (random.nextInt(9)) {
            case 0 ->
                common(client.identify(user).put("plan", "gold"), id, random).send();
            case 1 ->
                common(client.track("won").userId(user).put("score", random.nextInt()), id, random)
                        .send();
            case 2 ->
                common(client.page("Pricing").anonymousId(user), id, random)
                        .category("Docs")
                        .send();
            case 3 -> common(client.screen("Lobby").userId(user), id, random).send();
            case 4 ->
                common(client.group("g").userId(user).put("name", "漢字"), id, random)
                        .send();
            case 5 ->
                common(client.alias().previousId("p").userId(user), id, random).send();
            case 6 ->
                client.enqueue(GroupMessage.builder("g")
                        .userId(user)
                        .messageId(id)
                        .traits(Map.of("n", random.nextInt()))
                        .build());
            case 7 ->
                client.enqueue(AliasMessage.builder()
                        .previousId("p")
                        .userId(user)
                        .messageId(id)
                        .build());
            default ->
                client.enqueue(ScreenMessage.builder(null)
                        .anonymousId(user)
                        .messageId(id)
                        .build());
        };
    }

    private static MessageBuilder common(MessageBuilder message, String id, SplittableRandom random) {
        List<UnaryOperator<MessageBuilder>> extras = List.of(
                m -> m,
                m -> m.context("ip", "203.0.113.9"),
                m -> m.integration("All", false),
                m -> m.put("text", "x".repeat(random.nextInt(2_000))),
                m -> m.timestamp(1_772_359_204_871L));
        return extras.get(random.nextInt(extras.size())).apply(message.messageId(id));
    }

    private static void assertAccount(ClientStats stats) {
        assertThat(stats.accepted()).isEqualTo((long) THREADS * EACH);
        assertThat(stats.delivered()).as(stats.summary()).isEqualTo((long) THREADS * EACH);
        assertThat(stats.delivery().retries()).isPositive();
        assertThat(stats.delivery().splits()).isPositive();
        assertThat(stats.isBalanced()).as(stats.summary()).isTrue();
    }

    private static void assertArrivedOnce(Collector collector) {
        assertThat(collector.invalidReasons()).isEmpty();
        assertThat(collector.storedAll()).isTrue();
        assertThat(collector.stats().events()).isEqualTo((long) THREADS * EACH);
        assertThat(collector.stats().duplicates()).isZero();
        Set<String> ids = new HashSet<>();
        for (ReceivedEvent event : collector.events()) {
            Matcher matcher = MESSAGE_ID.matcher(event.json());
            assertThat(matcher.find()).as(event.json()).isTrue();
            ids.add(matcher.group(1));
        }
        assertThat(ids).hasSize(THREADS * EACH);
        for (int t = 0; t < THREADS; t++) {
            for (int i = 0; i < EACH; i++) {
                assertThat(ids.remove(t + "-" + i)).as("%s-%s", t, i).isTrue();
            }
        }
    }

    /** Nothing is sent before it happened, as both are of the same clock, and nothing arrives before it is sent. */
    private static void assertTimes(Collector collector, LongFunction<Instant> timeOf) {
        for (ReceivedRequest request : collector.requests()) {
            Matcher matcher = SENT_AT.matcher(request.body());
            assertThat(matcher.find()).isTrue();
            Instant sentAt = Instant.parse(matcher.group(1));
            assertThat(sentAt)
                    .isBeforeOrEqualTo(timeOf.apply(request.receivedNanos()).plus(AHEAD));
            for (ReceivedEvent event : request.events()) {
                assertThat(event.timestamp().isAfter(sentAt))
                        .as("%s sent at %s", event.json(), sentAt)
                        .isFalse();
            }
        }
    }
}

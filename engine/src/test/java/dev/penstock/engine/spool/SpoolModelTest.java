package dev.penstock.engine.spool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.client.SpoolOverflow;
import dev.penstock.client.SpoolSettings;
import dev.penstock.client.SpoolSync;
import dev.penstock.engine.record.TestSeed;
import dev.penstock.engine.spool.FakeDisk.Action;
import dev.penstock.engine.spool.Sinks.Appended;
import dev.penstock.engine.spool.Sinks.Loss;
import dev.penstock.engine.spool.Sinks.Taken;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Does everything in a random order, with crashes in between, and compares with what should be there. */
class SpoolModelTest {

    private static final int RUNS = 40;
    private static final int STEPS = 150;
    private static final int SEGMENT = 64 * 1024;

    /** What is known of one record that was ever appended. */
    private static final class Known {
        final SpoolRecord record;
        final String text;
        long id = -1;
        boolean owned;
        long waitsUntilNs;

        /** Whether it must survive a power cut. */
        boolean durable;

        Known(SpoolRecord record) {
            this.record = record;
            this.text = Records.text(record);
        }
    }

    @Test
    void shouldHoldWhatItWasGivenWhateverHappens() {
        TestSeed.run(random -> {
            for (int run = 0; run < RUNS; run++) {
                new Run(random.split()).go();
            }
        });
    }

    /** One spool through its lives. */
    private static final class Run {

        private final SplittableRandom random;
        private final SpoolSync sync;
        private final SpoolOverflow overflow;
        private final StoreFixture spool;

        /** By age, without those that are acknowledged or lost. */
        private final List<Known> open = new ArrayList<>();

        /** Everything ever appended, by its content and by its first UUID. */
        private final Map<String, Known> byText = new HashMap<>();

        private final Map<Long, Known> byUuid = new HashMap<>();
        /** What there was at the end of the latest step. */
        private List<Known> settled = List.of();

        /** Whether files may be damaged. */
        private boolean powerWasCut;

        private int lossesSeen;
        private int forcesSeen;

        Run(SplittableRandom random) {
            this.random = random;
            this.sync = pick(SpoolSync.values());
            this.overflow = pick(SpoolOverflow.values());
            this.spool = new StoreFixture(SpoolSettings.builder(Path.of("fake"))
                    .segmentBytes(SEGMENT)
                    .maxBytes((2L + random.nextInt(6)) * SEGMENT + random.nextInt(1000))
                    .sync(sync)
                    .overflow(overflow)
                    .build());
        }

        private <T> T pick(T[] values) {
            return values[random.nextInt(values.length)];
        }

        void go() {
            for (int step = 0; step < STEPS; step++) {
                step(random.nextInt(100));
                seeLosses();
                seeForces();
                check();
            }
            crashOrClose(0);
            check();
        }

        private void step(int dice) {
            if (dice < 40) {
                append();
            } else if (dice < 60) {
                acknowledge();
            } else if (dice < 72) {
                release();
            } else if (dice < 88) {
                take();
            } else if (dice < 96) {
                spool.pass(Duration.ofMillis(random.nextInt(3_000)));
            } else {
                crashOrClose(dice - 96);
            }
        }

        private void append() {
            List<SpoolRecord> records = new ArrayList<>();
            for (int i = random.nextInt(4); i >= 0; i--) {
                int kind = random.nextInt(20);
                int bytes = kind == 0 ? 100_000 : kind < 5 ? random.nextInt(30_000) : random.nextInt(2_000);
                records.add(Records.of(random.nextLong(), 1 + random.nextInt(5), bytes));
            }
            List<Known> known = records.stream().map(Known::new).toList();
            known.forEach(record -> byUuid.put(record.record.uuids()[0], record));
            List<Appended> appended = spool.appendTogether(records);
            seeLosses();
            for (int i = 0; i < appended.size(); i++) {
                Known next = known.get(i);
                if (appended.get(i).idNow() == null) {
                    assertThat(appended.get(i).reason()).contains("is full");
                    continue;
                }
                next.id = appended.get(i).id();
                next.owned = true;
                next.durable = sync == SpoolSync.BATCH;
                byText.put(next.text, next);
                open.add(next);
            }
        }

        private Known anyOpen() {
            return open.isEmpty() ? null : open.get(random.nextInt(open.size()));
        }

        private void acknowledge() {
            Known known = anyOpen();
            if (known != null && (known.owned || random.nextInt(4) == 0)) {
                spool.acknowledge(known.id);
                open.remove(known);
            }
        }

        private void release() {
            Known known = anyOpen();
            if (known != null && known.owned) {
                long delayNs = random.nextBoolean() ? 0 : random.nextLong(2_000_000_000L);
                known.owned = false;
                known.waitsUntilNs = spool.clock.nanoTime() + delayNs;
                spool.release(known.id, delayNs);
            }
        }

        private void take() {
            Taken taken = spool.take();
            Known expected = open.stream()
                    .filter(known -> !known.owned && known.waitsUntilNs <= spool.clock.nanoTime())
                    .findFirst()
                    .orElse(null);
            if (expected == null) {
                assertThat(taken.record()).isNull();
                return;
            }
            assertThat(taken.record()).isNotNull();
            assertThat(Records.text(taken.record())).isEqualTo(expected.text);
            assertThat(taken.id()).isEqualTo(expected.id);
            expected.owned = true;
        }

        /** Takes out of the model what was given up; only at the bound, and the oldest first. */
        private void seeLosses() {
            List<Loss> losses = spool.losses.all();
            for (Loss loss : losses.subList(lossesSeen, losses.size())) {
                assertThat(overflow).isEqualTo(SpoolOverflow.DROP_OLDEST);
                assertThat(loss.reason()).isEqualTo("the spool was full");
                Known lost = byUuid.get(loss.uuids().get(0));
                assertThat(loss.uuids()).hasSize(2 * lost.record.count());
                assertThat(lost.owned).isFalse();
                assertThat(open).contains(lost);
                assertThat(open.subList(0, open.indexOf(lost))).allMatch(older -> older.owned);
                open.remove(lost);
            }
            lossesSeen = losses.size();
        }

        /** What was appended before the latest force is durable. */
        private void seeForces() {
            int forces = spool.disk().count(Action.FORCE);
            if (sync == SpoolSync.INTERVAL && forces != forcesSeen) {
                forcesSeen = forces;
                settled.forEach(known -> known.durable = true);
            }
            settled = List.copyOf(open);
        }

        private void crashOrClose(int how) {
            if (how < 2) {
                spool.reopen();
                expectAll();
            } else if (how == 2) {
                spool.openOn(spool.disk().afterKill());
                expectAll();
            } else {
                powerWasCut = true;
                spool.openOn(spool.disk().afterPowerCut(random));
                expectDurable();
            }
            lossesSeen = spool.losses.all().size();
            forcesSeen = spool.disk().count(Action.FORCE);
        }

        private List<String> peekAll() {
            List<String> all = new ArrayList<>();
            List<Long> ids = new ArrayList<>();
            for (Taken taken = spool.take(); taken.record() != null; taken = spool.take()) {
                all.add(Records.text(taken.record()));
                ids.add(taken.id());
                Known known = byText.get(all.get(all.size() - 1));
                assertThat(known).as("it was appended once").isNotNull();
                known.id = taken.id();
            }
            ids.forEach(id -> spool.release(id, 0));
            return all;
        }

        /** Nothing was lost but what had been given up while somebody had it in memory. */
        private void expectAll() {
            List<String> found = peekAll();
            for (Iterator<Known> each = open.iterator(); each.hasNext(); ) {
                Known known = each.next();
                if (known.owned && overflow == SpoolOverflow.DROP_OLDEST && !found.contains(known.text)) {
                    each.remove();
                }
            }
            assertThat(found).isEqualTo(open.stream().map(known -> known.text).toList());
            assertThat(spool.counters().discardedEvents())
                    .as("nothing new is damaged")
                    .isZero();
            if (!powerWasCut) {
                assertThat(spool.counters().tornBytes()).isZero();
                assertThat(spool.disk().namesSetAside()).isEmpty();
            }
            free();
        }

        /** Nothing was lost that had been forced; the rest may be there, or not. */
        private void expectDurable() {
            List<String> found = peekAll();
            Set<String> distinct = new HashSet<>(found);
            assertThat(distinct).hasSameSizeAs(found);
            for (Known known : open) {
                boolean mayLack = !known.durable || (known.owned && overflow == SpoolOverflow.DROP_OLDEST);
                assertThat(mayLack || distinct.contains(known.text))
                        .as("durable")
                        .isTrue();
            }
            List<String> inOrder = open.stream()
                    .map(known -> known.text)
                    .filter(distinct::contains)
                    .toList();
            assertThat(found.stream().filter(inOrder::contains).toList()).isEqualTo(inOrder);
            long events = found.stream()
                    .mapToLong(text -> byText.get(text).record.count())
                    .sum();
            assertThat(spool.counters().recovered() - spool.counters().discardedEvents())
                    .isEqualTo(events);
            open.clear();
            found.forEach(text -> open.add(byText.get(text)));
            free();
        }

        private void free() {
            for (Known known : open) {
                known.owned = false;
                known.waitsUntilNs = Long.MIN_VALUE;
                known.durable = sync == SpoolSync.BATCH;
            }
        }

        private void check() {
            SpoolCounters counters = spool.counters();
            long pending = open.stream()
                    .filter(known -> !known.owned)
                    .mapToLong(known -> known.record.count())
                    .sum();
            assertThat(counters.pendingEvents()).isEqualTo(pending);
            long owned = open.stream().filter(known -> known.owned).count();
            assertThat(counters.records()).isBetween(open.size() - owned, (long) open.size());
            assertThat(counters.bytes()).isEqualTo(spool.disk().usedBytes());
            if (spool.disk().namesSetAside().isEmpty()) {
                assertThat(counters.bytes()).isLessThanOrEqualTo(8L * SEGMENT);
            }
        }
    }
}

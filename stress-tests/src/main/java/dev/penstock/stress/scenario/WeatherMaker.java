package dev.penstock.stress.scenario;

import dev.penstock.collector.Answer;
import dev.penstock.collector.EventVerdict;
import dev.penstock.collector.EventVerdicts;
import dev.penstock.stress.proxy.Fault;
import dev.penstock.stress.proxy.Side;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Makes the weather of a {@link World}: one kind after another, each for a while, all drawn from a seed. Counts the faults
 * of the host; those of the network are counted by the proxy. One thread.
 */
public final class WeatherMaker {
    private static final int MIN_SPELL_MS = 50;
    private static final int MAX_SPELL_MS = 800;
    private static final int MAX_OUTAGE_MS = 2_000;
    private static final int STRIKE_EVERY_MS = 30;
    private static final List<Integer> BUSY = List.of(429, 500, 502, 503, 504);

    private final World world;
    private final List<Weather> kinds;
    private final SplittableRandom random;
    private long hostFaults;
    private long lostByHost;

    /**
     * Makes a weather maker.
     *
     * @param world whose weather it is
     * @param kinds what it draws from
     * @param random where it draws
     */
    public WeatherMaker(World world, List<Weather> kinds, SplittableRandom random) {
        this.world = world;
        this.kinds = kinds;
        this.random = random;
    }

    /**
     * Answers scripted at the host; not all may have been given.
     *
     * @return 0 or more
     */
    public long hostFaults() {
        return hostFaults;
    }

    /** Of those, the ones after which the host has what its client does not know of. */
    long lostByHost() {
        return lostByHost;
    }

    /**
     * Makes weather until a moment, and leaves the last as it is.
     *
     * @param endNs when, by {@link System#nanoTime()}
     * @throws InterruptedException if interrupted
     */
    public void until(long endNs) throws InterruptedException {
        while (System.nanoTime() - endNs < 0) {
            Weather next = kinds.get(random.nextInt(kinds.size()));
            int longest = next == Weather.OUTAGE ? MAX_OUTAGE_MS : MAX_SPELL_MS;
            long spellEnd = System.nanoTime() + 1_000_000L * random.nextInt(MIN_SPELL_MS, longest);
            world.calm();
            make(next, Math.min(endNs, spellEnd));
        }
    }

    private void make(Weather weather, long endNs) throws InterruptedException {
        switch (weather) {
            case CALM -> sleepUntil(endNs);
            case SLOW -> stand(slowness(), endNs);
            case BLACK_HOLE -> stand(Fault.drop(Side.REQUEST, random.nextInt(3_000)), endNs);
            case OUTAGE -> {
                world.proxy().refuse();
                sleepUntil(endNs);
                world.proxy().accept();
            }
            case LOST_ANSWERS, LOST_REQUESTS, BUSY, REFUSALS, VERDICTS, CORRUPT_ANSWERS, CORRUPT_REQUESTS ->
                strikes(weather, endNs);
        }
    }

    private void stand(Fault fault, long endNs) throws InterruptedException {
        world.proxy().set(fault);
        sleepUntil(endNs);
    }

    private Fault slowness() {
        Side side = side();
        return switch (random.nextInt(3)) {
            case 0 -> Fault.delay(side, Duration.ofMillis(random.nextInt(1, 400)));
            case 1 -> Fault.trickle(side, Duration.ofMillis(random.nextInt(1, 4)));
            default -> Fault.bandwidth(side, random.nextInt(2_000, 200_000));
        };
    }

    private Side side() {
        return random.nextBoolean() ? Side.REQUEST : Side.ANSWER;
    }

    private void strikes(Weather weather, long endNs) throws InterruptedException {
        while (System.nanoTime() - endNs < 0) {
            strike(weather);
            sleepUntil(Math.min(endNs, System.nanoTime() + 1_000_000L * random.nextInt(1, STRIKE_EVERY_MS)));
        }
    }

    private void strike(Weather weather) {
        switch (weather) {
            case LOST_ANSWERS -> loseAnswer();
            case LOST_REQUESTS -> loseRequest();
            case BUSY -> script(busy());
            case REFUSALS -> script(Answer.status(random.nextBoolean() ? 400 : 413));
            case VERDICTS -> script(verdicts());
            case CORRUPT_ANSWERS -> hit(Fault.corrupt(Side.ANSWER, random.nextInt(300), random.nextInt(8)));
            case CORRUPT_REQUESTS -> hit(Fault.corrupt(Side.REQUEST, random.nextInt(4_000), random.nextInt(8)));
            case CALM, SLOW, BLACK_HOLE, OUTAGE -> throw new IllegalArgumentException(weather + " does not strike");
        }
    }

    private void hit(Fault fault) {
        world.proxy().strike(fault, random.nextInt());
    }

    private void script(Answer answer) {
        hostFaults++;
        world.collector().answerNext(answer);
    }

    private void loseAnswer() {
        switch (random.nextInt(8)) {
            case 0, 1 -> hit(Fault.reset(Side.ANSWER, random.nextInt(200)));
            case 2 -> hit(Fault.halfClose(Side.ANSWER, random.nextInt(200)));
            case 3 -> hit(Fault.drop(Side.ANSWER, random.nextInt(200)));
            case 4 -> lose(Answer.reset().store(true));
            case 5 -> lose(Answer.halfClose().store(true));
            case 6 -> lose(Answer.truncated());
            default -> lose(Answer.status(503).store(true));
        }
    }

    private void lose(Answer answer) {
        lostByHost++;
        script(answer);
    }

    private void loseRequest() {
        switch (random.nextInt(3)) {
            case 0 -> hit(Fault.reset(Side.REQUEST, random.nextInt(5_000)));
            case 1 -> script(Answer.reset());
            default -> script(Answer.resetEarly());
        }
    }

    private Answer busy() {
        Answer answer = Answer.status(BUSY.get(random.nextInt(BUSY.size())));
        return switch (random.nextInt(4)) {
            case 0 -> answer.header("Retry-After", "1");
            case 1 -> answer.thenClose();
            default -> answer;
        };
    }

    /** Each event has the same lot on every try with this answer; whether it has a next one is the client's affair. */
    private Answer verdicts() {
        int salt = random.nextInt();
        return Answer.verdicts(EventVerdicts.ok()
                .when(event -> lot(event.uuid(), salt) == 0, EventVerdict.RETRY)
                .when(event -> lot(event.uuid(), salt) == 1, EventVerdict.DROP)
                .when(event -> lot(event.uuid(), salt) == 2, EventVerdict.WARNING));
    }

    private static int lot(String uuid, int salt) {
        return Math.floorMod(((uuid.hashCode() ^ salt) * 0x9E3779B9) >>> 8, 10);
    }

    private static void sleepUntil(long endNs) throws InterruptedException {
        long left = endNs - System.nanoTime();
        if (left > 0) {
            Thread.sleep(left / 1_000_000, (int) (left % 1_000_000));
        }
    }
}

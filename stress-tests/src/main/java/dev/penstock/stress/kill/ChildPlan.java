package dev.penstock.stress.kill;

import dev.penstock.client.OverflowPolicy;
import dev.penstock.client.SpoolMode;
import dev.penstock.client.SpoolSettings;
import dev.penstock.client.SpoolSync;
import dev.penstock.stress.load.Setup;
import dev.penstock.stress.load.Wire;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What a process under test must know, as arguments of its command line and back.
 *
 * @param directory where the account, the control file and the spool are
 * @param host where events are sent
 * @param wire what is spoken
 * @param mode of the spool
 * @param sync of the spool
 * @param seed of the run
 * @param life number of the process, from 1
 * @param eventsPerSecond of all producers
 */
record ChildPlan(
        Path directory,
        URI host,
        Wire wire,
        SpoolMode mode,
        SpoolSync sync,
        long seed,
        int life,
        long eventsPerSecond) {
    /** The longest wait of an event for company, part of the stated loss window. */
    static final int LINGER_MS = 100;

    private static final int REQUEST_TIMEOUT_MS = 5_000;

    static ChildPlan parse(String[] args) {
        return new ChildPlan(
                Path.of(args[0]),
                URI.create(args[1]),
                Wire.valueOf(args[2]),
                SpoolMode.valueOf(args[3]),
                SpoolSync.valueOf(args[4]),
                Long.parseLong(args[5]),
                Integer.parseInt(args[6]),
                Long.parseLong(args[7]));
    }

    List<String> arguments() {
        return List.of(
                directory.toString(),
                host.toString(),
                wire.name(),
                mode.name(),
                sync.name(),
                Long.toString(seed),
                Integer.toString(life),
                Long.toString(eventsPerSecond));
    }

    Path account() {
        return directory.resolve("account");
    }

    Path control() {
        return directory.resolve("control");
    }

    Path spool() {
        return directory.resolve("spool");
    }

    /** The same for all lives of a run. */
    Setup setup() {
        SplittableRandom random = new SplittableRandom(seed);
        return new Setup(
                wire,
                true,
                OverflowPolicy.DROP_NEWEST,
                SpoolSettings.builder(spool()).mode(mode).sync(sync).build(),
                1 + random.nextInt(2),
                16_384,
                10 + random.nextInt(190),
                LINGER_MS,
                1 + random.nextInt(4),
                2,
                REQUEST_TIMEOUT_MS,
                random.nextBoolean() ? 8 : 0);
    }
}

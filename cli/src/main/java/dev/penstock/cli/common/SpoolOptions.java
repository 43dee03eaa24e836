package dev.penstock.cli.common;

import dev.penstock.client.SpoolMode;
import dev.penstock.client.SpoolSettings;
import dev.penstock.client.SpoolSync;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** The options that say whether and how events are kept on disk, for commands that capture. One thread's own. */
public final class SpoolOptions {

    @Option(
            names = "--spool",
            paramLabel = "DIR",
            description =
                    "Keep events in a directory until the server has taken them, and send what an earlier run has left"
                            + " there. Default none.")
    private String directory;

    @Option(
            names = "--spool-mode",
            paramLabel = "MODE",
            description =
                    "off, on-outage (while the server is away or slow) or always (written first, then sent). Default"
                            + " on-outage.")
    private String mode;

    @Option(
            names = "--spool-sync",
            paramLabel = "SYNC",
            description =
                    "When writes are forced to the disk: with each batch, interval (every 200 ms) or none. Default"
                            + " interval.")
    private String sync;

    /**
     * Checks what was typed.
     *
     * @return the settings; {@link SpoolSettings#OFF} without {@code --spool}
     * @throws IllegalArgumentException if it cannot be used; the message begins with the option
     */
    public SpoolSettings settings() {
        SpoolMode chosenMode =
                mode == null ? SpoolSettings.DEFAULT_MODE : word("--spool-mode", mode, SpoolMode.values());
        SpoolSync chosenSync =
                sync == null ? SpoolSettings.DEFAULT_SYNC : word("--spool-sync", sync, SpoolSync.values());
        if (directory == null) {
            if ((mode != null && chosenMode != SpoolMode.OFF) || sync != null) {
                throw new IllegalArgumentException(
                        (mode == null ? "--spool-sync" : "--spool-mode") + " needs --spool DIR");
            }
            return SpoolSettings.OFF;
        }
        if (directory.isBlank()) {
            throw new IllegalArgumentException("--spool must not be blank");
        }
        return SpoolSettings.builder(path()).mode(chosenMode).sync(chosenSync).build();
    }

    private Path path() {
        try {
            return Path.of(directory);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("--spool " + directory + " cannot be a path: " + e.getReason(), e);
        }
    }

    private static <E extends Enum<E>> E word(String option, String typed, E[] values) {
        return Arrays.stream(values)
                .filter(value -> typed.equals(word(value)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(option + " must be one of "
                        + Arrays.stream(values).map(SpoolOptions::word).collect(Collectors.joining(", ")) + " but is '"
                        + typed + "'"));
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}

package dev.penstock.cli.importer;

import dev.penstock.cli.common.Drain;
import dev.penstock.cli.common.Interruption;
import dev.penstock.cli.common.LineSource;
import dev.penstock.cli.common.Patience;
import dev.penstock.cli.common.Screen;
import dev.penstock.client.CaptureClient;
import dev.penstock.client.CaptureClients;
import dev.penstock.client.CaptureResult;
import dev.penstock.client.ClientConfig;
import dev.penstock.client.ClientStats;
import java.io.IOException;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Consumer;

/** Sends a file from its first line to the final account. Used once, by one thread. */
final class Importer {
    private final LineSource source;
    private final ClientConfig config;
    private final Duration limit;
    private final Screen screen;
    private final LineParser parser = new LineParser();
    private final LineIds ids = new LineIds();
    private final ImportTally tally = new ImportTally();
    private final ImportProgress progress;
    private String trouble = "";

    Importer(LineSource source, ClientConfig config, Duration limit, Screen screen, boolean showProgress) {
        this.source = source;
        this.config = config;
        this.limit = limit;
        this.screen = screen;
        this.progress = new ImportProgress(source, tally, screen, showProgress);
    }

    /** The report is written before the process may end, also when it was told to stop. */
    ImportResult run(Consumer<ImportResult> report) {
        try (CaptureClient client = CaptureClients.create(config);
                Interruption interruption = new Interruption(() -> leave(client))) {
            long start = System.nanoTime();
            Patience patience = new Patience(limit);
            sendAll(client, patience, interruption);
            Drain drain = new Drain(client, patience, interruption::requested);
            boolean gaveUp = !trouble.isEmpty() && patience.exhausted(client.stats());
            boolean drained = !gaveUp && drain.await(progress::tick);
            long elapsed = System.nanoTime() - start;
            ClientStats stats = drain.close(drained);
            if (interruption.requested()) {
                trouble = "interrupted";
            } else if (!drained && trouble.isEmpty()) {
                trouble = gaveUp();
            }
            ImportResult result = new ImportResult(tally, stats, elapsed, trouble);
            report.accept(result);
            return result;
        }
    }

    private void sendAll(CaptureClient client, Patience patience, Interruption interruption) {
        EventSender sender = new EventSender(client, () -> interruption.requested() || stalled(client, patience));
        try {
            while (trouble.isEmpty() && !interruption.requested() && source.next()) {
                if (!source.blank()) {
                    tally.line();
                    send(sender);
                    progress.tickIfDue(client);
                }
            }
        } catch (IOException e) {
            trouble = "the file cannot be read beyond line " + source.number() + ": " + e.getMessage();
            screen.complain("penstock import: " + trouble);
        }
    }

    private void send(EventSender sender) {
        try {
            if (source.tooLong()) {
                throw new BadLineException("longer than " + LineParser.MAX_LINE_BYTES + " bytes");
            }
            ImportedEvent event = parser.parse(source.line(), source.length());
            UUID uuid = event.uuid() == null ? ids.next(source.line(), source.length()) : event.uuid();
            answer(sender.send(event, uuid), event);
        } catch (BadLineException e) {
            tally.bad();
            screen.complain("line " + source.number() + ": " + e.getMessage());
        }
    }

    private void answer(CaptureResult result, ImportedEvent event) throws BadLineException {
        switch (result) {
            case ACCEPTED -> {
                if (event.unknownFields()) {
                    tally.unknownFields();
                }
            }
            case TOO_LARGE ->
                throw new BadLineException("the event is larger than " + config.maxEventBytes()
                        + " bytes, which the server does not take");
            case RING_FULL -> trouble = gaveUp();
            default -> trouble = "line " + source.number() + " was answered " + result;
        }
    }

    private boolean stalled(CaptureClient client, Patience patience) {
        return progress.tickIfDue(client) && patience.exhausted(client.stats());
    }

    /** On another thread, while this one may be waiting for standard input. */
    private void leave(CaptureClient client) {
        ClientStats stats = client.close(Drain.HASTY_CLOSE).stats();
        screen.complain("penstock import: interrupted; " + stats.summary());
    }

    private String gaveUp() {
        return "gave up after no event could be settled for " + limit.toSeconds() + " s";
    }
}

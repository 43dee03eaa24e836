package dev.penstock.cli.importer;

import dev.penstock.cli.common.Drain;
import dev.penstock.cli.common.EventClient;
import dev.penstock.cli.common.Interruption;
import dev.penstock.cli.common.LineSource;
import dev.penstock.cli.common.Patience;
import dev.penstock.cli.common.Screen;
import dev.penstock.client.CaptureResult;
import dev.penstock.client.ClientStats;
import java.io.IOException;
import java.util.UUID;
import java.util.function.Consumer;

/** Sends a file from its first line to the final account, at which it closes the client. Used once, by one thread. */
final class Importer {
    /** Encoding does not make a line longer by such a factor, unless it is all numbers of extreme exponents. */
    private static final int LONG_PART = 4;

    private final LineSource source;
    private final EventClient client;
    private final LargeLines largeLines;
    private final Patience patience;
    private final Screen screen;
    private final LineParser parser = new LineParser();
    private final LineIds ids = new LineIds();
    private final ImportTally tally = new ImportTally();
    private final ImportProgress progress;
    private String trouble = "";

    Importer(
            LineSource source,
            EventClient client,
            LargeLines largeLines,
            Patience patience,
            Screen screen,
            boolean showProgress) {
        this.source = source;
        this.client = client;
        this.largeLines = largeLines;
        this.patience = patience;
        this.screen = screen;
        this.progress = new ImportProgress(source, tally, screen, showProgress);
    }

    /** The report is written before the process may end, also when it was told to stop. */
    ImportResult run(Consumer<ImportResult> report) {
        try (Interruption interruption = new Interruption(this::leave)) {
            long start = System.nanoTime();
            sendAll(interruption);
            Drain drain = new Drain(client, patience, interruption::requested, 0);
            boolean gaveUp = !trouble.isEmpty() && patience.exhausted(client.stats());
            boolean drained = !gaveUp && drain.await(progress::tick);
            long elapsed = System.nanoTime() - start;
            ClientStats stats = drain.close(drained);
            tellTooLarge();
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

    private void sendAll(Interruption interruption) {
        EventSender sender = new EventSender(client, () -> interruption.requested() || stalled());
        try {
            while (trouble.isEmpty() && !interruption.requested() && source.next()) {
                if (!source.blank()) {
                    tally.line();
                    send(sender);
                    tellTooLarge();
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
            answer(isLong() ? sendLong(sender, event, uuid) : sender.send(event, uuid), event);
        } catch (BadLineException e) {
            tally.bad();
            screen.complain("line " + source.number() + ": " + e.getMessage());
        }
    }

    private boolean isLong() {
        return source.length() >= client.maxEventBytes() / LONG_PART;
    }

    private CaptureResult sendLong(EventSender sender, ImportedEvent event, UUID uuid) {
        largeLines.sending(uuid, source.number()); // first, for it may be settled at once
        CaptureResult result = sender.send(event, uuid);
        if (result != CaptureResult.ACCEPTED) {
            largeLines.notSent(uuid);
        }
        return result;
    }

    private void answer(CaptureResult result, ImportedEvent event) throws BadLineException {
        switch (result) {
            case ACCEPTED -> {
                if (event.unknownFields()) {
                    tally.unknownFields();
                }
                if (event.isPostHogs()) {
                    tally.postHogs();
                }
            }
            case TOO_LARGE -> throw new BadLineException(tooLarge());
            case RING_FULL -> trouble = gaveUp();
            default -> trouble = "line " + source.number() + " was answered " + result;
        }
    }

    private void tellTooLarge() {
        for (Long line = largeLines.poll(); line != null; line = largeLines.poll()) {
            tally.badAfterAll();
            screen.complain("line " + line + ": " + tooLarge());
        }
    }

    private String tooLarge() {
        return "the event is larger than " + client.maxEventBytes() + " bytes, which the server does not take";
    }

    private boolean stalled() {
        return progress.tickIfDue(client) && patience.exhausted(client.stats());
    }

    /** On another thread, while this one may be waiting for standard input. */
    private void leave() {
        ClientStats stats = client.close(Drain.HASTY_CLOSE).stats();
        screen.complain("penstock import: interrupted; " + stats.summary());
    }

    private String gaveUp() {
        return "gave up after no event could be settled for " + patience.seconds() + " s";
    }
}

package dev.penstock.stress.account;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Reads, line by line, the events that the host counts as received, and notes them in the account.
 * <p>
 * Every event says its number in the property {@code n}; one whose number is not that of its id was mixed up on its way.
 * <p>
 * <b>Threads:</b> runs on one of its own, from {@link #start()} to the end of the input; what it found is read after
 * {@link #await()}.
 */
public final class HeldEvents implements Runnable {
    private static final byte[] UUID = bytes("\"uuid\":\"");
    private static final byte[] MESSAGE_ID = bytes("\"messageId\":\"");
    private static final byte[] NUMBER = bytes("\"n\":");
    private static final int ID_LENGTH = 36;
    private static final int MAX_EXAMPLES = 5;

    private final Path input;
    private final Account account;
    private final Violations violations;
    private final Thread thread = new Thread(this, "held-events");
    private byte[] line = new byte[1 << 16];
    private int length;
    private long events;
    private volatile IOException failure;

    /**
     * Makes a reader.
     *
     * @param input a file or pipe of one JSON object a line
     * @param account where they are noted
     * @param violations told of events that nobody sent
     */
    public HeldEvents(Path input, Account account, Violations violations) {
        this.input = input;
        this.account = account;
        this.violations = violations;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Begins to read, which waits until somebody writes. */
    public void start() {
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Waits for the end of the input.
     *
     * @return how many events there were, duplicates included
     * @throws IOException if the input could not be read
     * @throws InterruptedException if interrupted
     */
    public long await() throws IOException, InterruptedException {
        thread.join();
        if (failure != null) {
            throw failure;
        }
        return events;
    }

    @Override
    public void run() {
        byte[] piece = new byte[1 << 16];
        try (InputStream in = Files.newInputStream(input)) {
            for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
                take(piece, count);
            }
        } catch (IOException e) {
            failure = e;
        }
    }

    private void take(byte[] piece, int count) {
        int from = 0;
        for (int i = 0; i < count; i++) {
            if (piece[i] == '\n') {
                append(piece, from, i);
                onLine();
                length = 0;
                from = i + 1;
            }
        }
        append(piece, from, count);
    }

    private void append(byte[] piece, int from, int to) {
        int added = to - from;
        if (length + added > line.length) {
            line = Arrays.copyOf(line, Math.max(2 * line.length, length + added));
        }
        System.arraycopy(piece, from, line, length, added);
        length += added;
    }

    private void onLine() {
        events++;
        int id = after(UUID);
        if (id < 0) {
            id = after(MESSAGE_ID);
        }
        long place = id < 0 || id + ID_LENGTH > length ? EventIds.NONE : find(id);
        if (place == EventIds.NONE || EventIds.number(place) >= account.capacity()) {
            stranger("the host has an event that nobody sent");
        } else if (number() != EventIds.number(place)) {
            stranger("the host has an event whose id and content differ");
        } else {
            account.hold(EventIds.producer(place), EventIds.number(place));
        }
    }

    private void stranger(String what) {
        String text = new String(line, 0, Math.min(length, 300), StandardCharsets.UTF_8);
        violations.add(what, violations.of(what) < MAX_EXAMPLES ? text : "");
    }

    private long find(int at) {
        long high = hex(at, 8) << 32 | hex(at + 9, 4) << 16 | hex(at + 14, 4);
        long low = hex(at + 19, 4) << 48 | hex(at + 24, 12);
        return account.ids().find(high, low);
    }

    private long hex(int at, int digits) {
        long value = 0;
        for (int i = at; i < at + digits; i++) {
            value = (value << 4) | (Character.digit(line[i], 16) & 0xF);
        }
        return value;
    }

    private long number() {
        long value = 0;
        int at = after(NUMBER);
        for (int i = at; at >= 0 && i < length && line[i] >= '0' && line[i] <= '9'; i++) {
            value = 10 * value + line[i] - '0';
        }
        return at < 0 ? -1 : value;
    }

    /** Where the first occurrence of a text ends; -1 if there is none. */
    private int after(byte[] text) {
        int last = length - text.length;
        for (int i = 0; i <= last; i++) {
            int same = 0;
            while (same < text.length && line[i + same] == text[same]) {
                same++;
            }
            if (same == text.length) {
                return i + same;
            }
        }
        return -1;
    }
}

package dev.penstock.collector;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * What a {@link Collector} does with a request: an ordinary answer, or one of the ways a host or network fails.
 *
 * <pre>{@code
 * collector.answerNext(Answer.status(503).header("Retry-After", "3"), Answer.reset());
 * }</pre>
 *
 * Whether the events of a valid request then count as received:
 * <ul>
 *   <li>answered with 2xx, slowly or not: yes;
 *   <li>answered with anything else: no;
 *   <li>{@link #truncated()}, {@link #wrongLength(int)}, {@link #oversized(long)}, {@link #endless()} and
 *       {@link #damagedGzip()}: yes, this is the answer lost on its way;
 *   <li>{@link #reset()}, {@link #halfClose()}: no, this is the host that failed before it kept them;
 *   <li>{@link #hang()}: no, until {@link Collector#release()} completes the request;
 *   <li>{@link #resetEarly()}, {@link #early(int)}: never, the body is not read.
 * </ul>
 * {@link #store(boolean)} overrides all but the last. Events of an invalid request never count. On the analytics route
 * an event answered {@code retry} or {@code drop} does not count either, see {@link #verdicts(EventVerdicts)}. Counting happens before
 * {@link #delay(Duration)}, so a client that gives up waiting and sends again makes duplicates.
 * <p>
 * <b>Threads:</b> immutable; each method that refines an answer returns another one.
 */
public final class Answer {
    enum Kind {
        RESPOND,
        TRICKLE,
        TRUNCATED,
        HANG,
        RESET,
        HALF_CLOSE,
        RESET_EARLY,
        EARLY,
        WRONG_LENGTH,
        OVERSIZED,
        ENDLESS,
        DAMAGED_GZIP
    }

    record Header(String name, String value) {}

    /** Status of an answer that depends on whether the request is valid. */
    static final int AS_VALIDATED = 0;

    private static final Answer OK = new Answer(
            Kind.RESPOND,
            AS_VALIDATED,
            List.of(),
            Optional.empty(),
            Duration.ZERO,
            Optional.empty(),
            0,
            0,
            false,
            Optional.empty());

    private final Kind kind;
    private final int status;
    private final List<Header> headers;
    private final Optional<byte[]> body;
    private final Duration delay;
    private final Optional<Boolean> store;
    private final int readBytesPerSecond;
    private final long amount;
    private final boolean closeAfter;
    private final Optional<EventVerdicts> verdicts;

    private Answer(
            Kind kind,
            int status,
            List<Header> headers,
            Optional<byte[]> body,
            Duration delay,
            Optional<Boolean> store,
            int readBytesPerSecond,
            long amount,
            boolean closeAfter,
            Optional<EventVerdicts> verdicts) {
        this.kind = kind;
        this.status = status;
        this.headers = headers;
        this.body = body;
        this.delay = delay;
        this.store = store;
        this.readBytesPerSecond = readBytesPerSecond;
        this.amount = amount;
        this.closeAfter = closeAfter;
        this.verdicts = verdicts;
    }

    private static Answer ofKind(Kind kind, int status) {
        return ofKind(kind, status, 0);
    }

    private static Answer ofKind(Kind kind, int status, long amount) {
        return new Answer(
                kind,
                status,
                List.of(),
                Optional.empty(),
                Duration.ZERO,
                Optional.empty(),
                0,
                amount,
                false,
                Optional.empty());
    }

    /**
     * The ordinary answer: 200 for a valid request, 400 with the reason for an invalid one, 401 for another project key.
     *
     * @return the answer
     */
    public static Answer ok() {
        return OK;
    }

    /**
     * Answers with a status whatever the request holds. It is validated and counted as usual.
     *
     * @param status 200 to 599
     * @return an answer whose body is an error object, or the usual success body for 2xx
     * @throws IllegalArgumentException if the status is out of range
     */
    public static Answer status(int status) {
        return ofKind(Kind.RESPOND, checkedStatus(status));
    }

    /**
     * Answers a valid request to the analytics route with these verdicts; elsewhere as {@link #ok()}. Where one is
     * {@code retry}, the answer carries {@code Retry-After: 1}, which {@link #header(String, String)} replaces.
     * <p>
     * Events answered {@code retry} or {@code drop} do not count as received; with {@link #store(boolean)} all do. Events
     * answered otherwise or left out count. An event that the route does not take is answered {@code drop} all the same.
     *
     * @param verdicts what is said of each event
     * @return the answer
     */
    public static Answer verdicts(EventVerdicts verdicts) {
        return new Answer(
                Kind.RESPOND,
                AS_VALIDATED,
                List.of(),
                Optional.empty(),
                Duration.ZERO,
                Optional.empty(),
                0,
                0,
                false,
                Optional.of(verdicts));
    }

    /**
     * Reads the request and leaves it without an answer until {@link Collector#release()}, the collector closes or the
     * client does.
     *
     * @return the answer
     */
    public static Answer hang() {
        return ofKind(Kind.HANG, AS_VALIDATED);
    }

    /**
     * Reads the whole request, then resets the connection.
     *
     * @return the answer
     */
    public static Answer reset() {
        return ofKind(Kind.RESET, AS_VALIDATED);
    }

    /**
     * Resets the connection after the header, without reading the body.
     *
     * @return the answer
     */
    public static Answer resetEarly() {
        return ofKind(Kind.RESET_EARLY, AS_VALIDATED);
    }

    /**
     * Sends the header and the first half of the body of the ordinary answer, then closes the connection.
     *
     * @return the answer
     */
    public static Answer truncated() {
        return ofKind(Kind.TRUNCATED, AS_VALIDATED);
    }

    /**
     * Reads the request, then ends the host's side of the connection without an answer while still reading the
     * client's.
     *
     * @return the answer
     */
    public static Answer halfClose() {
        return ofKind(Kind.HALF_CLOSE, AS_VALIDATED);
    }

    /**
     * Takes the body at a limited pace, then answers as {@link #ok()}. The operating system buffers what is not yet
     * taken; {@link Collector.Builder#receiveBuffer(int)} makes that buffer small enough to stall the client.
     *
     * @param bytesPerSecond body bytes a second, at least 1
     * @return the answer
     * @throws IllegalArgumentException if the pace is below 1
     */
    public static Answer slowRead(int bytesPerSecond) {
        if (bytesPerSecond < 1) {
            throw new IllegalArgumentException("bytesPerSecond is " + bytesPerSecond + ", must be at least 1");
        }
        return new Answer(
                Kind.RESPOND,
                AS_VALIDATED,
                List.of(),
                Optional.empty(),
                Duration.ZERO,
                Optional.empty(),
                bytesPerSecond,
                0,
                false,
                Optional.empty());
    }

    /**
     * Answers as {@link #ok()}, byte by byte, header included.
     *
     * @param perByte pause after each byte, not negative
     * @return the answer
     * @throws IllegalArgumentException if the pause is negative
     */
    public static Answer trickle(Duration perByte) {
        return ofKind(Kind.TRICKLE, AS_VALIDATED, checkedNanos(perByte, "perByte"));
    }

    /**
     * Answers right after the header without waiting for the body, then closes the connection. What the client still
     * sends is thrown away for up to two seconds, so that it can read the answer.
     *
     * @param status 200 to 599
     * @return the answer
     * @throws IllegalArgumentException if the status is out of range
     */
    public static Answer early(int status) {
        return ofKind(Kind.EARLY, checkedStatus(status));
    }

    /**
     * Sends the ordinary answer with a {@code Content-Length} that is not its length. Where too much is declared, the
     * connection closes after the answer; where too little, it stays open with the rest on the wire.
     *
     * @param difference bytes declared beyond the true length, not zero; a length below zero is declared as zero
     * @return the answer
     * @throws IllegalArgumentException if the difference is zero
     */
    public static Answer wrongLength(int difference) {
        if (difference == 0) {
            throw new IllegalArgumentException("difference is 0, the length would be right");
        }
        return ofKind(Kind.WRONG_LENGTH, AS_VALIDATED, difference);
    }

    /**
     * Sends the ordinary answer with white space after it, up to a length: valid JSON, but more than a client should
     * take. It is made while it is sent and costs no memory here.
     *
     * @param bytes length of the body, at least 1; a shorter one than the ordinary body has changes nothing
     * @return the answer
     * @throws IllegalArgumentException if the length is below 1
     */
    public static Answer oversized(long bytes) {
        if (bytes < 1) {
            throw new IllegalArgumentException("bytes is " + bytes + ", must be at least 1");
        }
        return ofKind(Kind.OVERSIZED, AS_VALIDATED, bytes);
    }

    /**
     * Sends the ordinary answer in chunks with white space after it, as fast as it is taken, until the client or the
     * collector closes.
     *
     * @return the answer
     */
    public static Answer endless() {
        return ofKind(Kind.ENDLESS, AS_VALIDATED);
    }

    /**
     * Sends the ordinary answer in gzip, accepted or not, with one byte damaged.
     *
     * @return the answer
     */
    public static Answer damagedGzip() {
        return ofKind(Kind.DAMAGED_GZIP, AS_VALIDATED);
    }

    /**
     * Adds a header field. {@code Connection: close} also closes the connection after the answer.
     *
     * @param name field name, a token
     * @param value field value, without line breaks
     * @return an answer with the field
     * @throws IllegalArgumentException if either is malformed, or the field frames the message
     */
    public Answer header(String name, String value) {
        Objects.requireNonNull(value, "value");
        if (!RequestHead.isToken(name)) {
            throw new IllegalArgumentException("header name \"" + name + "\" is not a token");
        }
        if (value.chars().anyMatch(c -> c < 0x20 || c > 0x7e)) {
            throw new IllegalArgumentException("header value \"" + value + "\" is not printable ASCII");
        }
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.equals("content-length") || lower.equals("transfer-encoding")) {
            throw new IllegalArgumentException("header " + name + " is set by the collector");
        }
        List<Header> more = new ArrayList<>(headers);
        more.add(new Header(name, value));
        return new Answer(
                kind,
                status,
                List.copyOf(more),
                body,
                delay,
                store,
                readBytesPerSecond,
                amount,
                closeAfter || (lower.equals("connection") && value.equalsIgnoreCase("close")),
                verdicts);
    }

    /**
     * Sets the body. With {@link #ok()} it replaces the success body only: an invalid request still gets its reason.
     *
     * @param text body, sent as UTF-8; may be empty
     * @return an answer with the body
     */
    public Answer body(String text) {
        return bodyBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Sets the body as {@link #body(String)} does, for one that is not text.
     *
     * @param bytes body, copied; encoded as a {@link #header} says, if one is added
     * @return an answer with the body
     */
    public Answer bodyBytes(byte[] bytes) {
        return new Answer(
                kind,
                status,
                headers,
                Optional.of(bytes.clone()),
                delay,
                store,
                readBytesPerSecond,
                amount,
                closeAfter,
                verdicts);
    }

    /**
     * Waits before acting. The wait begins when the request has been read and counted, or after the header for
     * {@link #early(int)} and {@link #resetEarly()}.
     *
     * @param wait not negative; default zero
     * @return an answer with the wait
     * @throws IllegalArgumentException if the wait is negative
     */
    public Answer delay(Duration wait) {
        checkedNanos(wait, "delay");
        return new Answer(kind, status, headers, body, wait, store, readBytesPerSecond, amount, closeAfter, verdicts);
    }

    /**
     * Says whether the events of a valid request count as received; see the list above for the defaults.
     *
     * @param counts true to count them
     * @return an answer with that choice
     * @throws IllegalStateException for an answer that does not read the body
     */
    public Answer store(boolean counts) {
        if (actsBeforeBody()) {
            throw new IllegalStateException("an answer that does not read the body cannot store events");
        }
        return new Answer(
                kind,
                status,
                headers,
                body,
                delay,
                Optional.of(counts),
                readBytesPerSecond,
                amount,
                closeAfter,
                verdicts);
    }

    /**
     * Closes the connection after the answer without having announced it, as a host does that drops idle connections.
     *
     * @return an answer with the close
     */
    public Answer thenClose() {
        return new Answer(kind, status, headers, body, delay, store, readBytesPerSecond, amount, true, verdicts);
    }

    Kind kind() {
        return kind;
    }

    List<Header> headers() {
        return headers;
    }

    long delayNanos() {
        return delay.toNanos();
    }

    int readBytesPerSecond() {
        return readBytesPerSecond;
    }

    /** What the kind needs to know: pause after each byte in nanoseconds, length, or difference in length. */
    long amount() {
        return amount;
    }

    boolean closesAfter() {
        return closeAfter;
    }

    Optional<EventVerdicts> verdicts() {
        return verdicts;
    }

    /** Whether events count although their verdict says that they were not kept. */
    boolean storesWhateverTheVerdict() {
        return store.orElse(false);
    }

    boolean actsBeforeBody() {
        return kind == Kind.EARLY || kind == Kind.RESET_EARLY;
    }

    boolean mustBeKnownBeforeBody() {
        return actsBeforeBody() || readBytesPerSecond > 0;
    }

    boolean stores() {
        return store.orElseGet(() -> switch (kind) {
            case RESPOND, TRICKLE -> status == AS_VALIDATED || status / 100 == 2;
            case TRUNCATED, WRONG_LENGTH, OVERSIZED, ENDLESS, DAMAGED_GZIP -> true;
            case HANG, RESET, HALF_CLOSE, RESET_EARLY, EARLY -> false;
        });
    }

    /** Whether the client sees a status begin. */
    boolean isSeen() {
        return switch (kind) {
            case RESPOND, TRICKLE, TRUNCATED, EARLY, WRONG_LENGTH, OVERSIZED, ENDLESS, DAMAGED_GZIP -> true;
            case HANG, RESET, HALF_CLOSE, RESET_EARLY -> false;
        };
    }

    /** Whether the ordinary answer to a valid request shows in this one. */
    boolean needsOrdinary() {
        return status == AS_VALIDATED && body.isEmpty() && isSeen();
    }

    /** Whether the body of the ordinary answer is spoilt, so that it must have one, in plain. */
    boolean spoilsBody() {
        return switch (kind) {
            case TRUNCATED, WRONG_LENGTH, OVERSIZED, ENDLESS, DAMAGED_GZIP -> true;
            case RESPOND, TRICKLE, HANG, RESET, HALF_CLOSE, RESET_EARLY, EARLY -> false;
        };
    }

    /** What this answer says to a request, given what would ordinarily be said, and with a scripted status. */
    Reply over(Reply ordinary, boolean valid, IntFunction<Reply> scripted) {
        if (status != AS_VALIDATED) {
            Reply usual = scripted.apply(status);
            return new Reply(status, usual.headers(), body.orElse(usual.body())).with(headers);
        }
        return (valid && body.isPresent() ? new Reply(200, ordinary.headers(), body.get()) : ordinary).with(headers);
    }

    @Override
    public String toString() {
        return "Answer[" + kind + (status == AS_VALIDATED ? "" : " " + status) + "]";
    }

    private static int checkedStatus(int status) {
        if (status < 200 || status > 599) {
            throw new IllegalArgumentException("status is " + status + ", must be 200 to 599");
        }
        return status;
    }

    private static long checkedNanos(Duration duration, String name) {
        if (duration.isNegative()) {
            throw new IllegalArgumentException(name + " is " + duration + ", must not be negative");
        }
        return duration.toNanos();
    }
}

package dev.penstock.engine.protocol;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

/**
 * Segment's batch endpoint, {@code POST /v1/batch}: the write key as the user of Basic authentication, an id of its own for
 * each batch, and what all its messages have in common said once.
 *
 * <p>The batch's id is held over all tries; {@code sentAt} is that of the try, because the server corrects every message's
 * time by its distance from the arrival.
 *
 * <p><b>Source:</b> Segment's HTTP tracking API; which statuses are tried again, and {@code X-Retry-Count}, are as its Java
 * client has them. A 200 is not its consent to every message, but there is no other answer.
 */
public final class Segment implements Protocol {

    private static final byte[] TAIL = "]}".getBytes(StandardCharsets.US_ASCII);
    private static final String BEFORE_ID = "{\"messageId\":\"";
    private static final String BEFORE_TIME = "\",\"sentAt\":\"";

    private final Map<String, String> firstHeaders;
    private final String authorization;
    private final byte[] context;
    private final byte[] afterTime;
    private final boolean splitOnBadRequest;
    private final int headLength;

    /**
     * Makes the protocol.
     *
     * @param writeKey the source's write key, printable ASCII without a colon
     * @param context what all messages have in common, a JSON object; not to be changed
     * @param splitOnBadRequest whether 400 means to split
     */
    public Segment(String writeKey, byte[] context, boolean splitOnBadRequest) {
        this.authorization =
                "Basic " + Base64.getEncoder().encodeToString((writeKey + ":").getBytes(StandardCharsets.US_ASCII));
        this.firstHeaders = Map.of("Authorization", authorization, "Content-Type", "application/json");
        this.context = context;
        this.afterTime = concat(
                "\",\"context\":".getBytes(StandardCharsets.US_ASCII),
                context,
                ",\"batch\":[".getBytes(StandardCharsets.US_ASCII));
        this.splitOnBadRequest = splitOnBadRequest;
        this.headLength = BEFORE_ID.length()
                + 36
                + BEFORE_TIME.length()
                + WireTime.format(0).length()
                + afterTime.length;
    }

    @Override
    public String name() {
        return "/v1/batch";
    }

    @Override
    public String path() {
        return "/v1/batch";
    }

    @Override
    public Map<String, String> headers(Attempt attempt) {
        return attempt.number() == 1
                ? firstHeaders
                : Map.of(
                        "Authorization",
                        authorization,
                        "Content-Type",
                        "application/json",
                        "X-Retry-Count",
                        Integer.toString(attempt.number() - 1));
    }

    @Override
    public byte[] head(Attempt attempt) {
        String front = BEFORE_ID + attempt.requestId() + BEFORE_TIME + WireTime.format(attempt.epochMillis());
        return concat(front.getBytes(StandardCharsets.US_ASCII), afterTime);
    }

    private static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    @Override
    public int headLength() {
        return headLength;
    }

    @Override
    public byte[] tail() {
        return TAIL.clone();
    }

    @Override
    public StoredEnvelope stored() {
        return new StoredEnvelope(StoredEnvelope.SEGMENT, false, context);
    }

    @Override
    public Verdict verdict(int status) {
        if (status >= 200 && status < 300) {
            return Verdict.DELIVERED;
        }
        return switch (status) {
            case 413 -> Verdict.SPLIT;
            case 400 -> splitOnBadRequest ? Verdict.SPLIT : Verdict.REFUSED;
            case 0, 408, 410, 429, 460 -> Verdict.RETRY;
            case 501, 505, 511 -> Verdict.REFUSED;
            default -> status >= 500 && status < 600 ? Verdict.RETRY : Verdict.REFUSED;
        };
    }
}

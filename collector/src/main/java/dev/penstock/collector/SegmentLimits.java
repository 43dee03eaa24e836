package dev.penstock.collector;

/**
 * What a path of the Segment route sets bounds to. The import path is that of a client which allows itself a little more.
 *
 * @param isImport whether it is the import path
 * @param bodyBytes length of the decoded body
 * @param messageBytes length of one message's JSON
 */
record SegmentLimits(boolean isImport, int bodyBytes, int messageBytes) {
    /** Messages in one request. */
    static final int MESSAGES = 2_500;

    static final SegmentLimits BATCH = new SegmentLimits(false, 500_000, 32_000);
    static final SegmentLimits IMPORT = new SegmentLimits(true, 512_000, 32_768);

    static SegmentLimits at(String path) {
        return path.startsWith("/v1/import") ? IMPORT : BATCH;
    }

    EventBounds bounds() {
        return new EventBounds("messageId", "message", MESSAGES, messageBytes);
    }

    void checkBody(int length) throws InvalidRequestException {
        if (length > bodyBytes) {
            throw new InvalidRequestException("body is larger than " + bodyBytes + " bytes");
        }
    }
}

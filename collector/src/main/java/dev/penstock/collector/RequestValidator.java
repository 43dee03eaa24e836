package dev.penstock.collector;

import java.util.Optional;

/** The rules of one ingestion protocol. An instance belongs to one connection and keeps buffers between requests. */
interface RequestValidator {
    /** Values of Content-Encoding the protocol accepts. */
    Encodings encodings();

    /** Hears of a request when its header is complete, whatever becomes of it. */
    default void begin(RequestHead head) {}

    /**
     * Checks a whole request.
     *
     * @param body the decoded body from offset 0
     * @param contents cleared, then filled with the events in order
     * @return what was wrong with single events of a request that is taken all the same; those are marked as refused
     * @throws InvalidRequestException if any rule is broken; the contents are then meaningless
     */
    Optional<String> validate(RequestHead head, byte[] body, int length, BatchContents contents)
            throws InvalidRequestException;
}

package dev.penstock.collector;

import java.util.Set;

/** The rules of one ingestion protocol. An instance belongs to one connection and keeps buffers between requests. */
interface RequestValidator {
    /** Values of Content-Encoding the protocol accepts, besides none. */
    Set<String> encodings();

    /**
     * Checks a whole request.
     *
     * @param body the decoded body from offset 0
     * @param contents cleared, then filled with the events in order
     * @return the ordinary answer to a valid request
     * @throws InvalidRequestException if any rule is broken; the contents are then meaningless
     */
    Verdict validate(RequestHead head, byte[] body, int length, BatchContents contents) throws InvalidRequestException;
}

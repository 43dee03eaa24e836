package dev.penstock.stress.scenario;

/** What may go wrong for a while; a scenario draws from some of these. */
public enum Weather {
    /** Nothing. */
    CALM(false, false),
    /** Pieces are held back, trickle, or pass at a low rate. Slower than the client's patience at times, so that answers are lost. */
    SLOW(true, false),
    /** Connections break, end or go silent in the midst of an answer, or the answer is cut or spoilt by the host. */
    LOST_ANSWERS(true, false),
    /** Connections break in the midst of a request: the host never has all of it. */
    LOST_REQUESTS(false, false),
    /** Requests vanish, and nobody says so. */
    BLACK_HOLE(true, false),
    /** The host answers 429, 500, 502, 503 or 504, with or without {@code Retry-After}, and keeps nothing. */
    BUSY(false, false),
    /** The host answers 400 or 413, so that batches are cut, and single events refused. */
    REFUSALS(false, false),
    /** The host answers event by event, and keeps only those it says it keeps; the newer form only. */
    VERDICTS(false, false),
    /** Nobody listens. */
    OUTAGE(true, false),
    /** One bit of an answer is flipped. */
    CORRUPT_ANSWERS(true, false),
    /** One bit of a request is flipped; with gzip only, whose checksum tells. */
    CORRUPT_REQUESTS(true, true);

    private final boolean losesAnswers;
    private final boolean spoilsRequests;

    Weather(boolean losesAnswers, boolean spoilsRequests) {
        this.losesAnswers = losesAnswers;
        this.spoilsRequests = spoilsRequests;
    }

    /** Whether the host may take a request and its client not know. */
    boolean losesAnswers() {
        return losesAnswers;
    }

    /** Whether the host may see requests that no client wrote. */
    boolean spoilsRequests() {
        return spoilsRequests;
    }
}

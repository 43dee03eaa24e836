package dev.penstock.engine.watchdog;

/** The parts of an engine that can stand still, and what an operator is told when one does. */
public enum Part {
    /** The pipeline of a lane. */
    PIPELINE(
            "its events wait in memory and are sent when it goes on; look there for a logger, a clock, a codec or a"
                    + " retry policy of the application that blocks",
            "nothing is lost; look for whatever interrupts or stops threads that are not its own"),
    /** The thread that all requests are on. */
    IO(
            "its requests are tried again; look there for a TLS context of the application that blocks",
            "the requests it carried are tried again; look for whatever interrupts or stops threads that are not its"
                    + " own"),
    /** The thread that calls the application's listeners. */
    LISTENER(
            "it is left alone: notices that find the queue full are dropped and counted, events are not; have the"
                    + " listener hand its work to another thread and return",
            "listeners are told nothing more"),
    /** The thread that reads and writes the spool. */
    SPOOL(
            "batches go on in memory without it; check the disk that the spool is on; if a thread dump does not show the"
                    + " thread, it has ended, and only a new client stores again",
            "batches go on in memory and are not stored");

    private final String standing;
    private final String ended;

    Part(String standing, String ended) {
        this.standing = standing;
        this.ended = ended;
    }

    /** What follows from its standing still, and what to do. */
    String standing() {
        return standing;
    }

    /** What follows from its thread's end, and what to do. */
    String ended() {
        return ended;
    }
}

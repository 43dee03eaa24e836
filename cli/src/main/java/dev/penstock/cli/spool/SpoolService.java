package dev.penstock.cli.spool;

import dev.penstock.cli.common.WireProtocol;
import dev.penstock.engine.protocol.StoredEnvelope;
import java.util.Locale;

/** Whom events on disk are for: it decides which client can send them. */
enum SpoolService {
    POSTHOG(WireProtocol.POSTHOG),
    SEGMENT(WireProtocol.SEGMENT),
    /** Events of a later version's protocol. */
    UNKNOWN(null);

    private final WireProtocol protocol;

    SpoolService(WireProtocol protocol) {
        this.protocol = protocol;
    }

    /** By the number that a record on disk carries. */
    static SpoolService ofRecord(int protocol) {
        return switch (protocol) {
            case StoredEnvelope.POSTHOG_V0,
                    StoredEnvelope.POSTHOG_V1,
                    StoredEnvelope.POSTHOG_AI,
                    StoredEnvelope.POSTHOG_LOGS -> POSTHOG;
            case StoredEnvelope.SEGMENT -> SEGMENT;
            default -> UNKNOWN;
        };
    }

    /** Whom a protocol speaks to. */
    static SpoolService of(WireProtocol protocol) {
        return protocol == WireProtocol.SEGMENT ? SEGMENT : POSTHOG;
    }

    /** What to speak unless told otherwise; null for {@link #UNKNOWN}. */
    WireProtocol protocol() {
        return protocol;
    }

    /** A word for people and programs. */
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}

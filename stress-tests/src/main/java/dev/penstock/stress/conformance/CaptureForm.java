package dev.penstock.stress.conformance;

import dev.penstock.client.CaptureMode;
import java.util.Locale;

/** A form in which clients send events. */
enum CaptureForm {
    /** Batches with the key in the body, answered as a whole. */
    V0("capture_v0", CaptureMode.V0),
    /** Batches with the key in a header, answered event by event. */
    V1("capture_v1", CaptureMode.V1);

    private final String capability;
    private final CaptureMode mode;

    CaptureForm(String capability, CaptureMode mode) {
        this.capability = capability;
        this.mode = mode;
    }

    /** By which a harness knows that it may test this form. */
    String capability() {
        return capability;
    }

    /** The same in terms of a client. */
    CaptureMode mode() {
        return mode;
    }

    /** The name on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}

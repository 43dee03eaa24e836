package dev.penstock.stress.conformance;

import java.util.Locale;

/** A form in which clients send events. */
enum CaptureForm {
    /** Batches with the key in the body, answered as a whole. */
    V0("capture_v0");

    private final String capability;

    CaptureForm(String capability) {
        this.capability = capability;
    }

    /** By which a harness knows that it may test this form. */
    String capability() {
        return capability;
    }

    /** The name on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}

package dev.penstock.stress.conformance;

/**
 * What is the same for all clients of one adapter: a harness has no way to say it call by call.
 *
 * @param form in which events are sent
 * @param encoding what compression means
 */
record AdapterSetup(CaptureForm form, BodyEncoding encoding) {

    /** Whether clients have this form and this encoding together. */
    boolean isPossible() {
        return form == CaptureForm.V1 || encoding == BodyEncoding.GZIP;
    }

    /**
     * Whether bodies are compressed when a test leaves it open: only with the encoding that the harness reads. Of others
     * it looks at the header alone, so they are for the tests that ask for compression.
     */
    boolean compressesByDefault() {
        return encoding == BodyEncoding.GZIP;
    }
}

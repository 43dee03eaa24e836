package dev.penstock.engine.selfcheck;

import dev.penstock.client.SelfCheckStatus;

/**
 * What a step has found.
 *
 * @param status how it ended
 * @param text what was found, in a sentence
 * @param remedy what to do about it; empty where there is nothing to do
 */
record Finding(SelfCheckStatus status, String text, String remedy) {

    static Finding passed(String text) {
        return new Finding(SelfCheckStatus.PASSED, text, "");
    }

    static Finding warning(String text, String remedy) {
        return new Finding(SelfCheckStatus.WARNING, text, remedy);
    }

    static Finding failed(String text, String remedy) {
        return new Finding(SelfCheckStatus.FAILED, text, remedy);
    }

    static Finding skipped(String text) {
        return new Finding(SelfCheckStatus.SKIPPED, text, "");
    }

    boolean isFailure() {
        return status == SelfCheckStatus.FAILED;
    }
}

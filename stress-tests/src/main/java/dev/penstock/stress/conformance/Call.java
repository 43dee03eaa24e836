package dev.penstock.stress.conformance;

/**
 * One call of the harness.
 *
 * @param testId the test it belongs to; empty when tests run one after another and share one client
 * @param fields what it brings
 */
record Call(String testId, CallFields fields) {}

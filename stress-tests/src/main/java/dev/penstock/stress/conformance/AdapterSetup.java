package dev.penstock.stress.conformance;

/**
 * What is the same for all clients of one adapter: a harness has no way to say it call by call.
 *
 * @param form in which events are sent
 * @param encoding what compression means
 */
record AdapterSetup(CaptureForm form, BodyEncoding encoding) {}

package dev.penstock.stress.conformance;

import java.util.Map;

/** What the adapter answered. */
record Reply(int status, String contentType, Map<String, Object> fields) {}

/**
 * For tests of applications: a client that keeps its events in memory.
 *
 * <p>Neighbours: {@link dev.penstock.client.ClientConfig.Builder#eventRecorder} installs a recorder.
 */
package dev.penstock.client.testing;

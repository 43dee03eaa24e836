/**
 * An in-process stand-in for an ingestion host of PostHog or Segment.
 * <p>
 * <b>Role:</b> receives capture requests and flag requests over HTTP/1.1, checks every rule of the wire format, and
 * reports what it received. It can be scripted to fail in the ways a network and an overloaded host fail. For tests, local development
 * and demonstrations; it is no production server and listens on the loopback address only. Most users need
 * {@link dev.penstock.collector.Collector}, {@link dev.penstock.collector.Answer}, for flags
 * {@link dev.penstock.collector.FlagEndpoints}, and, with JUnit,
 * {@link dev.penstock.collector.CollectorExtension}.
 * <p>
 * <b>Threads:</b> one daemon thread accepts, one daemon thread serves each connection; their names begin with
 * {@code collector-}. All public types may be used from any thread unless they say otherwise.
 * <p>
 * <b>Neighbours:</b> none. Every figure comes from the bytes received, so that a client cannot vouch for itself.
 */
package dev.penstock.collector;

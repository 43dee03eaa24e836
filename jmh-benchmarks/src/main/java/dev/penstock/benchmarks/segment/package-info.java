/**
 * What does a Segment message cost, here and in Segment's own library for Java?
 * <p>
 * {@link dev.penstock.benchmarks.segment.MessageBenchmark} and
 * {@link dev.penstock.benchmarks.segment.MessageEncodeBenchmark} measure the two halves of the path alone,
 * {@link dev.penstock.benchmarks.segment.MessageLiveBenchmark} and
 * {@link dev.penstock.benchmarks.segment.DeliveryComparison} both libraries as shipped, delivering to a collector that
 * checks every message. {@link dev.penstock.benchmarks.segment.SegmentRatios} sets the results side by side.
 */
package dev.penstock.benchmarks.segment;

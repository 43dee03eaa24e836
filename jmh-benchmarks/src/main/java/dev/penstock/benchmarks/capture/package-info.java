/**
 * What does a capture cost the calling thread?
 * <p>
 * {@link dev.penstock.benchmarks.capture.CaptureBenchmark} measures the producer alone,
 * {@link dev.penstock.benchmarks.capture.CaptureLiveBenchmark} several of them beside a working pipeline. Subtract
 * {@code baseline.CallerBaseline} from both. For tails at a steady rate see {@code latency}.
 */
package dev.penstock.benchmarks.capture;

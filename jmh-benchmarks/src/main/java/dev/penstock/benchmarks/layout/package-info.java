/**
 * What should a ring slot hold: the event as bytes, or references to the caller's objects?
 * <p>
 * Self-contained models of the two layouts, {@link dev.penstock.benchmarks.layout.ReferenceSlotRing} and
 * {@link dev.penstock.benchmarks.layout.ByteRecordRing}, that do the same work, from the same arguments to the same JSON,
 * and differ only in what crosses the ring. They know nothing of the engine, so the decision can be measured again when
 * the engine, the JDK or the machine has changed. {@link dev.penstock.benchmarks.layout.SlotLayoutBenchmark} asks for the
 * cost at each end, {@link dev.penstock.benchmarks.layout.SlotLayoutPauses} for the cost to everybody else: collections,
 * pauses and tail latency at a steady rate.
 */
package dev.penstock.benchmarks.layout;

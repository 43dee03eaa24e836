/**
 * What does delivery take: events a second, CPU, bytes on the wire and on the heap, and what when there is nothing to do?
 * <p>
 * Mains, not JMH: each needs several processes, a steady state, and an account at the end that must balance.
 */
package dev.penstock.benchmarks.pipeline;

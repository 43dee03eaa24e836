/**
 * How long does a capture take at a steady rate, at the median and far out in the tail?
 */
package dev.penstock.benchmarks.latency;

/**
 * A server in a process of its own that costs as little as it can and yet reads every byte: what all libraries deliver to
 * when they are compared. It counts where the measured process sees it, so that a producer can wait for delivery.
 */
package dev.penstock.benchmarks.sink;

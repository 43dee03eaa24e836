/**
 * What does the ring alone cost, below everything that fills it?
 */
package dev.penstock.benchmarks.ring;

/**
 * The honest rival for each question, and what has to be subtracted from its answer.
 */
package dev.penstock.benchmarks.baseline;

/**
 * Makes a page with tables and plots of what {@code run-performance.sh} has measured. No number in it comes from anywhere
 * else.
 */
package dev.penstock.benchmarks.report;

/**
 * What do JSON and compression cost the pipeline for each event, and how many bytes are left?
 */
package dev.penstock.benchmarks.encode;

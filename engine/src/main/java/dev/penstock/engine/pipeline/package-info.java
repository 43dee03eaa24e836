/**
 * The pipeline of one lane: reads the ring, builds batches, and sees each through to its outcome.
 *
 * <p>{@link dev.penstock.engine.pipeline.PipelineAgent} is the duty cycle. {@code BatchAssembler} holds the open batch,
 * {@code BatchDelivery} everything after it: the in-flight window, deadlines, retries and splits. All of it belongs to
 * the pipeline's thread, so there are no locks; other threads put requests and answers into queues and read counters.
 * Neighbours: {@code ring}, {@code encode}, {@code protocol}, {@code transport}, {@code listener}, {@code stats}.
 */
package dev.penstock.engine.pipeline;

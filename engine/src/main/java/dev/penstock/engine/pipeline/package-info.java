/**
 * The pipeline of one lane: reads the ring, builds batches, and sees each through to its outcome.
 *
 * <p>{@link dev.penstock.engine.pipeline.PipelineAgent} is the duty cycle. A lane has one or more {@linkplain
 * dev.penstock.engine.pipeline.Route routes}, each with an open batch of its own in {@code OpenBatches}; {@code
 * BatchDelivery} decides what happens after that, for all of them: when a batch is sent, retries, splits, and verdicts on
 * single events. How often and when it is tried again is up to {@code RetryPlanner} and the {@link
 * dev.penstock.engine.pipeline.RetryRules} that the back end brings along. {@code OpenRequests} has what is on the wire,
 * with its deadlines, and {@code Settler} gives events their outcomes. All of it belongs to the pipeline's thread, so
 * there are no locks; other threads put requests and answers into queues and read counters.
 * Neighbours: {@code ring}, {@code encode}, {@code protocol}, {@code transport}, {@code listener}, {@code stats}.
 */
package dev.penstock.engine.pipeline;

/**
 * Request contexts: what is known of the request at hand, said once and added to every event captured and every flag
 * evaluated while it is handled.
 *
 * <p>Server integrations and those who write one need this package; others meet it when they wrap an executor. {@link
 * dev.penstock.client.context.RequestContext} holds the values, {@link dev.penstock.client.context.ContextClient} makes
 * them current on a thread and carries them to others, {@link dev.penstock.client.context.TracingHeaders} reads what
 * client-side libraries send along.
 */
package dev.penstock.client.context;

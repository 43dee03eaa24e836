/**
 * Exceptions: what is said about one ({@link dev.penstock.client.errors.ExceptionDetails}), how they are written ({@link
 * dev.penstock.client.errors.ExceptionSettings}), and who reports those that nobody catches or only logs ({@link
 * dev.penstock.client.errors.UncaughtExceptionCapture}, {@link dev.penstock.client.errors.JulExceptionHandler}).
 *
 * <p>An application that reports what it catches needs none of it: {@link
 * dev.penstock.client.CaptureClient#captureException(Throwable)} is enough. Authors of integrations begin at {@code
 * ExceptionDetails} and, for a logging system, at {@link dev.penstock.client.errors.LoggedExceptionCapture}.
 */
package dev.penstock.client.errors;

/**
 * {@code penstock demo}: drives the engine with ad impressions at a collector in this process, and checks the account.
 * <p>
 * {@code DemoCommand} reads the options, {@code DemoRun} owns the order of things, a {@code Producer} per thread captures
 * what an {@code ImpressionStream} draws, {@code CaptureTimes} measures, {@code DemoReport} and {@code DemoJson} tell.
 */
package dev.penstock.cli.demo;

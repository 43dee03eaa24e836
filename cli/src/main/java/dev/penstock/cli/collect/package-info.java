/** {@code penstock collector}: the stand-in for an ingestion host, on its own. */
package dev.penstock.cli.collect;

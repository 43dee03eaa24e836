/**
 * The one seam between the API and an engine. Ordinary users never open this package.
 */
package dev.penstock.client.spi;

/**
 * JSON of the registry's answers and of requests. Own code, so that applications may use any version of any JSON
 * library. Input is untrusted: depth, numbers and repeated names are bounded or refused; tests compare the reader with
 * Jackson on generated and damaged input.
 */
@NullMarked
package dev.aicore.discovery.client.json;

import org.jspecify.annotations.NullMarked;

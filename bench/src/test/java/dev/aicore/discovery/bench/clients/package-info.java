@NullMarked
package dev.aicore.discovery.bench.clients;

import org.jspecify.annotations.NullMarked;

/**
 * Runs a registry under a mixed load for a long time, and looks for leaks.
 *
 * <pre>
 * SoakLoad ── heartbeats, churn, checks, watchers, rebuilds ──▶ registry
 *    │ rounds                                                      │ SoakSample: heap, memory, files, threads, disk
 *    └──────────────────────▶ SoakReport ◀──── TrendLine ──────────┘
 * </pre>
 */
@NullMarked
package dev.aicore.discovery.bench.soak;

import org.jspecify.annotations.NullMarked;

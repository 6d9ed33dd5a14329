<#-- Renders THIRD-PARTY.md: one row per dependency, in alphabetical order. An artifact with several classifiers has one row. -->
<#assign rows = []>
<#list dependencyMap as entry>
<#assign project = entry.getKey()>
<#assign row = "| `" + project.groupId + ":" + project.artifactId + "` | " + project.version + " | " + entry.getValue()?join(" or ") + " | " + (project.url!"") + " |">
<#if !rows?seq_contains(row)><#assign rows = rows + [row]></#if>
</#list>
# Third-party licenses

<!-- Generated from the resolved runtime dependencies of the server; CONTRIBUTING.md says how. -->

Licenses have SPDX identifiers where there is one. Where a dependency has several, any of them may be chosen. The artifacts
`io.zonky.test.postgres:embedded-postgres-binaries-*` (Apache-2.0) differ between platforms and contain PostgreSQL, which has the license
PostgreSQL. `org.signal:embedded-redis` contains Redis 7.0, which has the license BSD-3-Clause.

| dependency | version | license | project |
|---|---|---|---|
<#list rows?sort as row>
${row}
</#list>

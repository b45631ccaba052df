package dev.vmtest.storage;

import java.util.Map;

/** Describe a {@code zfs} action: a dataset in a pool. */
public record Zfs(Origin origin, String pool, String volume, Map<String, String> properties) implements StorageAction {}

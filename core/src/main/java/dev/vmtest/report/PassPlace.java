package dev.vmtest.report;

import java.nio.file.Path;

/**
 * Say where it is remembered that a test passed. Nothing needs to be there any more.
 *
 * @param test its name
 * @param release the release that was installed
 * @param installer the installer under test
 * @param run when its run began, as an instant (ISO 8601)
 * @param topdir the directory of that run
 */
public record PassPlace(String test, String release, String installer, String run, Path topdir) {}

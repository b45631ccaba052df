package dev.vmtest.result;

import org.apiguardian.api.API;

/**
 * Hold one test on one release with one installer, as schedulers of any kind deal in.
 *
 * @param id {@code TEST/RELEASE/INSTALLER}
 * @param test the name of the test
 * @param release the release that it runs on
 * @param installer the installer that is under test
 * @param word what a command line calls the test: a class, or a file as it was named
 * @param needs what it takes
 * @param inputs what its result depends on
 */
@API(status = API.Status.INTERNAL)
public record Unit(
        String id, String test, String release, String installer, String word, UnitNeeds needs, UnitInputs inputs) {

    /** Return the id of a unit. */
    public static String id(String test, String release, String installer) {
        return test + "/" + release + "/" + installer;
    }

    /** Return the name under which reports and events know it. */
    public String title() {
        return test + " [" + release + "]";
    }
}

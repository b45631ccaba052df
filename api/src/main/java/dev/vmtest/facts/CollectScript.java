package dev.vmtest.facts;

import org.apiguardian.api.API;

/**
 * Hold one script that runs in the installed system's first boot, with the collect directory as its
 * working directory.
 *
 * @param name a name unique in its list, made of letters, digits, {@code -}, {@code _} and {@code .}
 * @param text what {@code /bin/sh} runs, or a script of its own interpreter when it begins with
 *     {@code #!}
 */
@API(status = API.Status.INTERNAL)
public record CollectScript(String name, String text) {

    public CollectScript {
        if (!name.matches("[A-Za-z0-9._-]{1,100}")) {
            throw new IllegalArgumentException(
                    "collect script name '" + name + "' may hold only letters, digits, '-', '_' and '.'");
        }
    }
}

package dev.vmtest.result;

import java.util.ArrayList;
import java.util.List;
import org.apiguardian.api.API;

/**
 * Name everything that the result of a unit depends on, the host aside: two units with the same hash are the same
 * question.
 *
 * @param hash over all parts, lower-case hexadecimal digits of SHA-256
 * @param parts what it is made of, in the order of {@code plan.InputHash}
 */
@API(status = API.Status.INTERNAL)
public record UnitInputs(String hash, List<Part> parts) {

    public UnitInputs {
        parts = List.copyOf(parts);
    }

    /**
     * Name one kind of input.
     *
     * @param name {@code image}, {@code installer}, …
     * @param hash over its content
     * @param said what a person calls it, such as the version of the image; empty if there is no shorter name than the hash
     */
    public record Part(String name, String hash, String said) {

        private String text() {
            String digits = hash.substring(0, Math.min(12, hash.length()));
            return said.isEmpty() ? digits : said + " (" + digits + ")";
        }
    }

    /** Return what is different in other inputs, a phrase for each part; nothing if they are the same. */
    public List<String> differences(UnitInputs other) {
        List<String> different = new ArrayList<>();
        for (Part part : parts) {
            String there = other.parts.stream()
                    .filter(candidate -> candidate.name().equals(part.name()))
                    .findFirst()
                    .map(found -> found.hash().equals(part.hash()) ? "" : found.text())
                    .orElse("not written down");
            if (!there.isEmpty()) {
                different.add("another " + part.name() + ": " + part.text() + ", not " + there);
            }
        }
        if (different.isEmpty() && !hash.equals(other.hash)) {
            different.add("another hash of all inputs: " + hash + ", not " + other.hash);
        }
        return List.copyOf(different);
    }
}

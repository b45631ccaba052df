package dev.vmtest.seed;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Hold the documents that cloud-init's NoCloud data source reads, from a directory on an HTTP server
 * or from a disk labelled {@code cidata}.
 *
 * @param metaData YAML that names the instance
 * @param userData what the instance does
 * @param vendorData what a vendor would have it do; most seeds leave it empty
 */
public record NoCloudSeed(String metaData, String userData, String vendorData) {

    /**
     * Make the seed of one instance.
     *
     * @param instanceId an id never used before: cloud-init runs what is once per instance when it changes
     */
    public static NoCloudSeed of(String instanceId, CloudConfigArchive userData) {
        return new NoCloudSeed(CloudConfigArchive.json(Map.of("instance-id", instanceId)) + "\n", userData.text(), "");
    }

    /**
     * Return the documents by file name. {@code vendor-data} is among them even when it is empty: a
     * data source that doesn't find it asks again.
     */
    public Map<String, String> files() {
        Map<String, String> files = new LinkedHashMap<>();
        files.put("meta-data", metaData);
        files.put("user-data", userData);
        files.put("vendor-data", vendorData);
        return files;
    }
}
